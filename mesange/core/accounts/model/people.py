"""Logins and public actors."""

import re
from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.clock import DAY, MINUTE
from mesange.kit.errors import Invalid

USERNAME = re.compile(r"[a-z0-9_]+", re.IGNORECASE | re.ASCII)
MOST_USERNAME = 30
FEWEST_PASSWORD, MOST_PASSWORD = 8, 256
MOST_DISPLAY_NAME, MOST_NOTE = 60, 500
MOST_FIELDS, MOST_FIELD = 4, 255
UNDO_SECONDS = (0, 5, 10, 20, 30, 60)
AWAY_HOURS = (0, 4, 12, 24, 72, 168)
CONFIRMATION_LIFE = 7 * DAY
RESET_LIFE = 60 * MINUTE


RANKS = ("user", "moderator", "admin", "owner")


class UserRole(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    MODERATOR = "moderator"
    USER = "user"

    @property
    def rank(self) -> int:
        """Higher may do all that lower may; 0 for who keeps nothing here."""
        return RANKS.index(self.value)


class Purpose(StrEnum):
    """What a link sent by mail is for."""

    CONFIRM = "confirm"
    RESET = "reset"
    CHANGE = "change-email"


@dataclass(frozen=True, slots=True)
class User:
    """A login. Times are milliseconds since the Unix epoch; `time_zone` is an IANA name, or "" for the server's.

    `awaits_since`: signed up then, and staff has not decided; `reason` is what the person wrote to them.
    `hears_sign_ups`: is staff, and wants a notification of each newcomer. What is sent on the pages waits
    `undo_seconds`, so that it can be taken back. `away_hours`: a mail tells of what was written to somebody who was
    not here for so long, 0 for never; `away_told_id` is the newest notification that a mail told of. `has_keys`: single
    letters do something on pages.
    """

    id: int
    email: str
    password_hash: str
    role: UserRole
    locale: str
    created_at: int
    confirmed_at: int | None = None
    disabled_at: int | None = None
    time_zone: str = ""
    awaits_since: int | None = None
    reason: str = ""
    invitation_id: int | None = None
    hears_sign_ups: bool = False
    undo_seconds: int = 0
    away_hours: int = 0
    away_told_id: int = 0
    has_keys: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """A public actor. `domain` is "" here; `user_id` or `organization_id` says whose it is.

    `fields` is a JSON list of [name, value]; `avatar` and `header` are file names or "". `verified_links` is a JSON
    object: an address among the fields whose page points back, and since when that is known. `is_pending`: its person
    has not confirmed the mail address or is not accepted yet, so it is shown to nobody. `is_pseudonym`: nothing that
    anyone else can see may lead to its person.
    """

    id: int
    username: str
    domain: str
    display_name: str
    note: str
    fields: str
    avatar: str
    header: str
    is_bot: bool
    is_locked: bool
    is_discoverable: bool
    is_indexable: bool
    default_visibility: str
    default_sensitive: bool
    default_language: str
    created_at: int
    user_id: int | None = None
    organization_id: int | None = None
    brand_id: int | None = None
    max_signs: int | None = None
    uri: str | None = None
    suspended_at: int | None = None
    deleted_at: int | None = None
    is_pending: bool = False
    verified_links: str = "{}"
    is_pseudonym: bool = False
    withdrawn_at: int | None = None
    limited_at: int | None = None
    frozen_at: int | None = None
    limits_lifted_at: int | None = None

    @property
    def acct(self) -> str:
        """`name` here, `name@host` elsewhere."""
        return f"{self.username}@{self.domain}" if self.domain else self.username

    @property
    def is_hidden(self) -> bool:
        return self.suspended_at is not None or self.deleted_at is not None or self.is_pending


class Restriction(StrEnum):
    """What may be laid on an account.

    Limited: only its followers meet its posts. Frozen: it reads, and writes nothing. Suspended: it is hidden everywhere
    and nobody acts for it.
    """

    LIMITED = "limited"
    FROZEN = "frozen"
    SUSPENDED = "suspended"

    @property
    def column(self) -> str:
        return f"{self.value}_at"


@dataclass(frozen=True, slots=True)
class Standings:
    """Accounts unlike others: hidden from everyone, or limited to their followers."""

    hidden: frozenset[int] = frozenset()
    limited: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class AccountStats:
    """Counts as shown, and the time of the newest status in milliseconds."""

    statuses: int = 0
    followers: int = 0
    following: int = 0
    last_status_at: int | None = None


def checked_username(username: str) -> str:
    """Raises Invalid with what is wrong."""
    username = username.strip()
    if not username:
        raise Invalid("Choose a name.", field="username", code="ERR_BLANK")
    if len(username) > MOST_USERNAME:
        raise Invalid(f"A name has at most {MOST_USERNAME} signs.", field="username", code="ERR_TOO_LONG")
    if not USERNAME.fullmatch(username):
        raise Invalid("A name is made of letters without accents, figures and _.", field="username")
    return username


def checked_password(password: str) -> str:
    if len(password) < FEWEST_PASSWORD:
        raise Invalid(f"A password has at least {FEWEST_PASSWORD} signs.", field="password", code="ERR_TOO_SHORT")
    if len(password) > MOST_PASSWORD:
        raise Invalid(f"A password has at most {MOST_PASSWORD} signs.", field="password", code="ERR_TOO_LONG")
    return password

"""Access: sessions of browsers, clients and their tokens, and the viewer that they make."""

from dataclasses import dataclass
from enum import StrEnum

from mesange.core.accounts.model.people import UserRole
from mesange.kit.clock import DAY, MINUTE
from mesange.kit.errors import Forbidden, Gone

SESSION_LIFE = 60 * DAY
CODE_LIFE = 10 * MINUTE


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in; `account_id` is the account it posts as, `proven_at` when the person last showed
    that it is them."""

    id: int
    token_hash: bytes
    user_id: int
    account_id: int
    created_at: int
    seen_at: int
    address: str
    browser: str
    proven_at: int = 0


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """A registered application. `redirect_uris` and `scopes` are separated by spaces."""

    id: int
    client_id: str
    secret_hash: bytes
    name: str
    website: str
    redirect_uris: str
    scopes: str
    created_at: int


@dataclass(frozen=True, slots=True)
class AuthorizationCode:
    code_hash: bytes
    client_id: int
    user_id: int
    account_id: int
    scopes: str
    redirect_uri: str
    challenge: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class AccessToken:
    """`user_id` and `account_id` are None for a client acting for itself. `is_unlimited`: no rate limits."""

    id: int
    token_hash: bytes
    client_id: int
    scopes: str
    created_at: int
    user_id: int | None = None
    account_id: int | None = None
    is_unlimited: bool = False
    used_at: int | None = None


class Hindrance(StrEnum):
    """Why a login that is known may not do anything yet."""

    UNCONFIRMED = "unconfirmed"
    AWAITING = "awaiting"
    UNSECURED = "unsecured"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks or acts: an account, through a session or a token; or a visitor, whose ids are 0.

    Frozen: may read, not write. Suspended (a session only): may read why, and appeal. `lacks_factor`: acts for an
    organization that asks this role for a second factor; may read, not write.
    """

    account_id: int = 0
    user_id: int = 0
    role: UserRole = UserRole.USER
    token_id: int = 0
    session_id: int = 0
    client_id: int = 0
    scopes: frozenset[str] = frozenset()
    is_unlimited: bool = False
    hindrance: Hindrance | None = None
    is_frozen: bool = False
    is_suspended: bool = False
    has_keys: bool = True
    is_member: bool = False
    """Of some organization: its rooms stand on the rail."""
    lacks_factor: bool = False

    @property
    def is_visitor(self) -> bool:
        return self.account_id == 0


VISITOR = Viewer()


class AccountSuspended(Gone):
    public_text = "The moderation of this place has suspended this account."


class AccountLeft(Gone):
    public_text = "The person whose account this was has left."


class AccountClosed(Gone):
    """The tombstone of an organization's account: who closed it, and when. `sentence` takes `values`."""

    sentence = "%(organization)s closed this account on %(day)s."

    def __init__(self, organization: str, day: str) -> None:
        self.values = {"organization": organization, "day": day}
        super().__init__(self.sentence % self.values)


class AccountFrozen(Forbidden):
    public_text = "This account is frozen by the moderation: it may read, and write nothing. Your settings say why."
    code = "frozen"


def acting_account(viewer: Viewer) -> int:
    """The viewer's account. Raises Forbidden for a visitor or a client acting for itself."""
    if viewer.is_visitor:
        raise Forbidden("This method requires an authenticated user")
    return viewer.account_id

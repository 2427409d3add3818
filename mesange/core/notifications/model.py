"""Nouns and decisions of notifications."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.clock import DAY, HOUR
from mesange.kit.ids import time_of

TOGETHER = 12 * HOUR
"""What happens in the same half day stands together."""
UNDO_FOR = HOUR
"""How long what was dismissed can be brought back."""


class NotificationKind(StrEnum):
    """Mastodon's `type`."""

    MENTION = "mention"
    STATUS = "status"
    REBLOG = "reblog"
    FOLLOW = "follow"
    FOLLOW_REQUEST = "follow_request"
    FAVOURITE = "favourite"
    UPDATE = "update"
    POLL = "poll"
    REPORT = "admin.report"
    SIGN_UP = "admin.sign_up"


class Treatment(StrEnum):
    """What becomes of something that somebody else wants to tell: set apart, it waits in the requests."""

    ACCEPT = "accept"
    FILTER = "filter"
    DROP = "drop"


FOR_STAFF = (NotificationKind.REPORT, NotificationKind.SIGN_UP)
OF_ONE_POST = (NotificationKind.FAVOURITE, NotificationKind.REBLOG)
OF_PEOPLE = (NotificationKind.FOLLOW, NotificationKind.SIGN_UP)
FOR_CERTAIN = (*FOR_STAFF, NotificationKind.POLL, NotificationKind.UPDATE)
"""Told whatever one thinks of who is behind it."""
ALONE = "ungrouped-"
NEW_FOR = 30 * DAY
FAITHFUL_AFTER = 3 * DAY
"""Who has followed for so long is no stranger; who wants to be heard at once would follow first."""


@dataclass(frozen=True, slots=True)
class Notification:
    """`from_account_id` did something that concerns `account_id`: with a status, or by a report.

    Those of an account that share a `group_key` are told in one line.
    """

    id: int
    account_id: int
    kind: NotificationKind
    from_account_id: int
    status_id: int | None = None
    report_id: int | None = None
    group_key: str = ""
    is_apart: bool = False
    """It waits until the account lets in who is behind it."""


@dataclass(frozen=True, slots=True)
class NotificationPolicy:
    """What an account wants done with what people tell whom it does not know, by what makes them strangers."""

    account_id: int
    for_not_following: Treatment = Treatment.ACCEPT
    for_not_followers: Treatment = Treatment.ACCEPT
    for_new_accounts: Treatment = Treatment.ACCEPT
    for_private_mentions: Treatment = Treatment.ACCEPT
    for_limited_accounts: Treatment = Treatment.FILTER

    def treatment_of(self, stranger: "Stranger") -> Treatment:
        """The hardest of what applies; nothing does to whom one follows but that they do not follow back."""
        if stranger.is_let_in:
            return Treatment.ACCEPT
        unknown = not stranger.is_followed
        wishes = [
            self.for_not_following if unknown else Treatment.ACCEPT,
            self.for_not_followers if not stranger.follows_long else Treatment.ACCEPT,
            self.for_new_accounts if unknown and stranger.is_new else Treatment.ACCEPT,
            self.for_private_mentions if unknown and stranger.speaks_unasked else Treatment.ACCEPT,
            self.for_limited_accounts if unknown and stranger.is_limited else Treatment.ACCEPT,
        ]
        return max(wishes, key=list(Treatment).index)


@dataclass(frozen=True, slots=True)
class Stranger:
    """How the account behind something stands to the one that would hear of it.

    `speaks_unasked`: by a direct post that answers nothing of theirs.
    """

    is_let_in: bool = False
    is_followed: bool = False
    follows_long: bool = False
    is_new: bool = False
    is_limited: bool = False
    speaks_unasked: bool = False


@dataclass(frozen=True, slots=True)
class NotificationRequest:
    """What waits from one account: how much, since when, and the newest post by which it speaks."""

    from_account_id: int
    count: int
    oldest_id: int
    newest_id: int
    last_status_id: int | None


@dataclass(frozen=True, slots=True)
class NotificationGroup:
    """`shown` are its newest, newest first; `count` is how many there are, down to `oldest_id`."""

    shown: Sequence[Notification]
    count: int
    oldest_id: int

    @property
    def newest(self) -> Notification:
        return self.shown[0]

    @property
    def key(self) -> str:
        return self.newest.group_key


def group_key_of(id: int, kind: NotificationKind, status_id: int | None) -> str:
    """Favourites and boosts of one post stand together, and new followers; everything else alone."""
    half_day = time_of(id) // TOGETHER
    if kind in OF_ONE_POST:
        return f"{kind}-{status_id}-{half_day}"
    return f"{kind}-{half_day}" if kind in OF_PEOPLE else f"{ALONE}{id}"

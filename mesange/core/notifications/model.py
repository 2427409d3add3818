"""Nouns and decisions of notifications."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.clock import HOUR
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


FOR_STAFF = (NotificationKind.REPORT, NotificationKind.SIGN_UP)
OF_ONE_POST = (NotificationKind.FAVOURITE, NotificationKind.REBLOG)
OF_PEOPLE = (NotificationKind.FOLLOW, NotificationKind.SIGN_UP)
ALONE = "ungrouped-"


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

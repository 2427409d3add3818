"""Nouns of notifications."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Notification:
    """`from_account_id` did something that concerns `account_id`: with a status, or by a report."""

    id: int
    account_id: int
    kind: NotificationKind
    from_account_id: int
    status_id: int | None = None
    report_id: int | None = None

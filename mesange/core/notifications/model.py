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


@dataclass(frozen=True, slots=True)
class Notification:
    """`from_account_id` did something that concerns `account_id`."""

    id: int
    account_id: int
    kind: NotificationKind
    from_account_id: int
    status_id: int | None = None

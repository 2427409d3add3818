"""Reads of notifications."""

from mesange.core.notifications.queries.groups import get_group, list_groups, list_in_group
from mesange.core.notifications.queries.listing import (
    NotificationFilter,
    count_unread,
    find_notification,
    get_notification,
    list_notifications,
)

__all__ = [
    "NotificationFilter",
    "count_unread",
    "find_notification",
    "get_group",
    "get_notification",
    "list_groups",
    "list_in_group",
    "list_notifications",
]

"""Reads of notifications."""

from mesange.core.notifications.queries.groups import get_group, list_groups, list_in_group
from mesange.core.notifications.queries.listing import (
    NotificationFilter,
    count_unread,
    find_notification,
    get_notification,
    list_notifications,
)
from mesange.core.notifications.queries.strangers import count_requests, get_policy, get_request, list_requests

__all__ = [
    "NotificationFilter",
    "count_requests",
    "count_unread",
    "find_notification",
    "get_group",
    "get_notification",
    "get_policy",
    "get_request",
    "list_groups",
    "list_in_group",
    "list_notifications",
    "list_requests",
]

"""Everything that this edge answers to."""

from mesange.edges.mastodon import (
    accounts,
    announcements,
    conversations,
    credentials,
    discovery,
    domain_blocks,
    filters,
    first_filters,
    hashtags,
    instance,
    lists,
    media,
    notification_requests,
    notifications,
    oauth,
    polls,
    push,
    relationships,
    reports,
    scheduled,
    search,
    site,
    statuses,
    streaming,
    timelines,
    trends,
)
from mesange.front.api import json_error, kept_page, preflight

ROUTES = [
    route
    for section in (
        oauth,
        instance,
        accounts,
        credentials,
        relationships,
        statuses,
        polls,
        media,
        scheduled,
        timelines,
        lists,
        hashtags,
        filters,
        first_filters,
        notification_requests,
        notifications,
        conversations,
        push,
        announcements,
        search,
        trends,
        discovery,
        streaming,
        reports,
        domain_blocks,
        site,
    )
    for route in section.ROUTES
]
SOCKETS = streaming.SOCKETS

__all__ = ["ROUTES", "SOCKETS", "json_error", "kept_page", "preflight"]

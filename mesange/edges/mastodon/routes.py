"""Everything that this edge answers to."""

from mesange.edges.mastodon import (
    accounts,
    conversations,
    credentials,
    hashtags,
    instance,
    lists,
    media,
    notifications,
    oauth,
    polls,
    relationships,
    scheduled,
    search,
    statuses,
    streaming,
    timelines,
)
from mesange.edges.mastodon.api import json_error, kept_page, preflight

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
        notifications,
        conversations,
        search,
        streaming,
    )
    for route in section.ROUTES
]
SOCKETS = streaming.SOCKETS

__all__ = ["ROUTES", "SOCKETS", "json_error", "kept_page", "preflight"]

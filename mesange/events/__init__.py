"""The catalogue of everything that can happen, one file per room."""

from mesange.events import (
    accounts,
    announcements,
    cards,
    conversations,
    discovery,
    emojis,
    filters,
    follows,
    lists,
    media,
    moderation,
    notifications,
    publishing,
    push,
    statuses,
    upkeep,
)
from mesange.kit.event import Event

ROOMS = (
    accounts,
    announcements,
    cards,
    conversations,
    discovery,
    emojis,
    filters,
    follows,
    lists,
    media,
    moderation,
    notifications,
    publishing,
    push,
    statuses,
    upkeep,
)
EVENTS: tuple[type[Event], ...] = tuple(
    kind
    for room in ROOMS
    for kind in vars(room).values()
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
)

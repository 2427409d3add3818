"""One file per figure, in the order in which a whole run takes them."""

from collections.abc import Awaitable, Callable

from bench.figure import Figure
from bench.figures import (
    alone,
    backup,
    calendar,
    growth,
    hashtag,
    home,
    hot,
    memory,
    notifications,
    pages,
    posts,
    profile,
    public,
    search,
    size,
    start,
    status,
    streams,
    uploads,
)
from bench.target import Target

Measure = Callable[[Target], Awaitable[list[Figure]]]

FIGURES: dict[str, Measure] = {
    "home": home.measure,
    "hot": hot.measure,
    "public": public.measure,
    "hashtag": hashtag.measure,
    "profile": profile.measure,
    "notifications": notifications.measure,
    "status": status.measure,
    "pages": pages.measure,
    "posts": posts.measure,
    "alone": alone.measure,
    "streams": streams.measure,
    "search": search.measure,
    "memory": memory.measure,
    "size": size.measure,
    "start": start.measure,
    "uploads": uploads.measure,
    "growth": growth.measure,
    "backup": backup.measure,
    "calendar": calendar.measure,
}

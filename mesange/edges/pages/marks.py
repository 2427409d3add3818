"""Favourite, boost, bookmark, pin, and each of them undone."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.actions.delete import unreblog_status
from mesange.core.statuses.actions.marks import (
    bookmark_status,
    favourite_status,
    mute_thread,
    pin_status,
    reblog_status,
    unbookmark_status,
    unfavourite_status,
    unmute_thread,
    unpin_status,
)
from mesange.core.statuses.model import Status
from mesange.front.guard import safe_return
from mesange.front.tails import tail_of
from mesange.front.visit import Visit
from mesange.kit.errors import NotFound
from mesange.kit.server import Server
from mesange.kit.web.response import Response

Action: TypeAlias = Callable[[Server, Viewer, int], Awaitable[Status]]

ACTIONS: Mapping[str, Action] = {
    "favourite": favourite_status,
    "unfavourite": unfavourite_status,
    "reblog": reblog_status,
    "unreblog": unreblog_status,
    "bookmark": bookmark_status,
    "unbookmark": unbookmark_status,
    "pin": pin_status,
    "unpin": unpin_status,
    "mute": mute_thread,
    "unmute": unmute_thread,
}


async def mark(visit: Visit) -> Response:
    """The row of actions as it is now for htmx, else back to the post one came from."""
    action = ACTIONS.get(visit.request.segments["verb"])
    if action is None:
        raise NotFound()
    status = await action(visit.server, visit.viewer, visit.request.id("id"))
    shown = status.reblog_of_id or status.id
    if not visit.is_fragment:
        return visit.back(f"{safe_return(visit.fields.get('return'))}#post-{visit.request.id('id')}")
    return visit.fragment((await tail_of(visit, shown)).html)

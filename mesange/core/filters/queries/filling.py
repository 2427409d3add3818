"""Pages of a timeline without what the reader's filters hide, and yet full."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from mesange.core.filters.model import FilterAction, FilterContext, strongest
from mesange.core.filters.queries.matches import active_filters, load_filter_matches
from mesange.core.statuses.queries import load_statuses
from mesange.kit.paging import Page
from mesange.kit.server import Server

MOST_FURTHER = 4
"""So often a page is read on when filters left too little of it: who hides almost everything gets a short page, and a
link that goes on where it stopped."""

Pick: TypeAlias = Callable[[Page], Awaitable[list[int]]]
"""The ids of a page of a timeline, newest first."""


@dataclass(frozen=True, slots=True)
class Filled:
    """`ids` are shown, newest first. `cursors` are where the reading began and ended, hidden posts included; there is
    more behind the end when it `goes_on`."""

    ids: list[int]
    cursors: Sequence[int]
    goes_on: bool


async def fill_page(server: Server, viewer_id: int, page: Page, pick: Pick, context: FilterContext) -> Filled:
    """A page without what the viewer hides in this context. Who hides nothing there pays one look into memory."""
    if not await _hides(server, viewer_id, context):
        ids = await pick(page)
        return Filled(ids, ids, len(ids) >= page.limit)
    read: list[int] = []
    left: list[int] = []
    reading, goes_on = page, True
    for _ in range(1 + MOST_FURTHER):
        ids = await pick(reading)
        shown = await _not_hidden(server, viewer_id, ids, context)
        read = [*ids, *read] if page.forwards else [*read, *ids]
        left = [*shown, *left] if page.forwards else [*left, *shown]
        goes_on = len(ids) >= page.limit
        if not goes_on or len(left) >= page.limit:
            break
        reading = replace(page, above=ids[0]) if page.forwards else replace(page, below=ids[-1])
    return _cut(page, read, left, goes_on=goes_on)


def _cut(page: Page, read: list[int], left: list[int], *, goes_on: bool) -> Filled:
    """What is too much for the page is read again by the next one."""
    if len(left) <= page.limit:
        return Filled(left, read, goes_on)
    if page.forwards:
        shown = left[-page.limit :]
        return Filled(shown, [shown[0], read[-1]], goes_on=True)
    shown = left[: page.limit]
    return Filled(shown, [read[0], shown[-1]], goes_on=True)


async def without_hidden(server: Server, viewer_id: int, ids: list[int], context: FilterContext) -> list[int]:
    """Those of the ids that the viewer does not hide in this context; who hides nothing there pays one look."""
    return await _not_hidden(server, viewer_id, ids, context) if await _hides(server, viewer_id, context) else ids


async def _hides(server: Server, viewer_id: int, context: FilterContext) -> bool:
    active = await active_filters(server, viewer_id)
    return active is not None and active.hides_in(context)


async def _not_hidden(server: Server, viewer_id: int, ids: list[int], context: FilterContext) -> list[int]:
    entries = await load_statuses(server, ids)
    of = {id: entry.reblog_of_id or id for id, entry in entries.items()}
    shown = await load_statuses(server, list(of.values()))
    matches = await load_filter_matches(server, viewer_id, list(shown.values()), context)
    hidden = {
        id for id, found in matches.items() if (first := strongest(found)) and first.filter.action is FilterAction.HIDE
    }
    return [id for id in ids if of.get(id, id) not in hidden]

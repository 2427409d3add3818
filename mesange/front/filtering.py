"""What a reader's filters do to the posts of a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesange.core.filters.model import FilterAction, FilterContext, strongest
from mesange.core.filters.queries import Filled, Pick, fill_page, load_filter_matches, without_hidden
from mesange.core.statuses.model import Holds, Status
from mesange.front.visit import Visit
from mesange.kit.paging import Page


@dataclass(frozen=True, slots=True)
class Filtering:
    """The filter that decides how a post is shown."""

    action: FilterAction
    title: str

    @property
    def is_hidden(self) -> bool:
        return self.action is FilterAction.HIDE

    @property
    def is_veiled(self) -> bool:
        """Its pictures alone."""
        return self.action is FilterAction.BLUR


async def filtered_in(visit: Visit, statuses: Sequence[Status], context: str) -> dict[int, Filtering]:
    """By status id, where a filter changes how the post is shown: `blur` only what carries pictures."""
    if not context:
        return {}
    matches = await load_filter_matches(visit.server, visit.viewer.account_id, statuses, _context(context))
    holds = {status.id: status.holds for status in statuses}
    found: dict[int, Filtering] = {}
    for id, speaking in matches.items():
        chosen = strongest(speaking)
        if chosen and (chosen.filter.action is not FilterAction.BLUR or holds[id] & Holds.MEDIA):
            found[id] = Filtering(chosen.filter.action, chosen.filter.title)
    return found


async def filled_page(visit: Visit, window: Page, pick: Pick, context: str) -> Filled:
    """A page without what the viewer's filters hide in the context, and full all the same."""
    return await fill_page(visit.server, visit.viewer.account_id, window, pick, _context(context))


async def not_hidden(visit: Visit, ids: list[int], context: str) -> list[int]:
    """Those of the ids that the viewer's filters let through in the context."""
    return await without_hidden(visit.server, visit.viewer.account_id, ids, _context(context))


def _context(name: str) -> FilterContext:
    return FilterContext[name.upper()]

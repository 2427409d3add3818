"""What a reader's filters do to the posts of a page."""

from collections.abc import Sequence

from mesange.core.filters.model import FilterAction, FilterContext, strongest
from mesange.core.filters.queries import load_filter_matches
from mesange.core.statuses.model import Holds, Status
from mesange.edges.pages.visit import Visit


async def filtered_in(visit: Visit, statuses: Sequence[Status], context: str) -> dict[int, str | None]:
    """By status id: the title behind which it stands, None for one that is left out."""
    if not context:
        return {}
    where = FilterContext[context.upper()]
    matches = await load_filter_matches(visit.server, visit.viewer.account_id, statuses, where)
    holds = {status.id: status.holds for status in statuses}
    found: dict[int, str | None] = {}
    for id, speaking in matches.items():
        chosen = strongest(speaking)
        if chosen is None or (chosen.filter.action is FilterAction.BLUR and not holds[id] & Holds.MEDIA):
            continue
        found[id] = None if chosen.filter.action is FilterAction.HIDE else chosen.filter.title
    return found

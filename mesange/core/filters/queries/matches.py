"""What a viewer's filters say of statuses."""

from collections.abc import Sequence

from mesange.core.filters.memory import FilterMemory
from mesange.core.filters.model import ActiveFilters, FilterContext, FilterMatch
from mesange.core.filters.queries.own import list_of_account
from mesange.core.media.queries import load_media
from mesange.core.statuses.model import Holds, Status
from mesange.core.statuses.queries import load_polls
from mesange.kit.server import Server
from mesange.kit.text import plain


async def active_filters(server: Server, viewer_id: int) -> ActiveFilters | None:
    """The viewer's filters, ready to be used; None when they have none. From memory, or in three queries."""
    if not viewer_id:
        return None
    memory, now = server.of(FilterMemory), server.clock.now()
    active = memory.kept.get(viewer_id)
    if active is None or (active.until is not None and active.until <= now):
        since = memory.forgotten
        active = ActiveFilters(await list_of_account(server.db, viewer_id), now)
        memory.keep(viewer_id, active, since)
    return None if active.is_empty else active


async def load_filter_matches(
    server: Server, viewer_id: int, statuses: Sequence[Status], context: FilterContext | None = None
) -> dict[int, list[FilterMatch]]:
    """What the viewer's filters say of each status, where they say something; one's own posts are never filtered."""
    active = await active_filters(server, viewer_id)
    if active is None:
        return {}
    aside = await _texts_aside(server, statuses)
    found: dict[int, list[FilterMatch]] = {}
    for status in statuses:
        if status.account_id != viewer_id:
            text = "\n".join([*_texts(status), *aside.get(status.id, ())])
            if matches := active.matches(status.id, text, context):
                found[status.id] = matches
    return found


def _texts(status: Status) -> list[str]:
    return [status.spoiler_text, plain(status.content) if status.content is not None else status.text]


async def _texts_aside(server: Server, statuses: Sequence[Status]) -> dict[int, list[str]]:
    """What a poll asks and what pictures are said to show."""
    polls = await load_polls(server, [each.id for each in statuses if each.holds & Holds.POLL])
    texts = {id: list(state.titles) for id, state in polls.items()}
    for id, media in (await load_media(server.db, [each.id for each in statuses if each.holds & Holds.MEDIA])).items():
        texts.setdefault(id, []).extend(each.description for each in media)
    return texts

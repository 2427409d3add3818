"""Reads of filters: all of them are their owner's own. Another's does not exist."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.filters.memory import FilterMemory
from mesange.core.filters.model import (
    ActiveFilters,
    Filter,
    FilterContext,
    FilterKeyword,
    FilterMatch,
    FilterStatus,
    FullFilter,
)
from mesange.core.filters.tables import filter_keywords, filter_statuses, filters
from mesange.core.media.queries import load_media
from mesange.core.statuses.model import Holds, Status
from mesange.core.statuses.queries import load_polls
from mesange.kit.db import Reader, Value
from mesange.kit.errors import NotFound
from mesange.kit.server import Server
from mesange.kit.text import plain

OF_OWN = "filter_id IN (SELECT id FROM filters WHERE account_id = ?)"


async def active_filters(server: Server, viewer_id: int) -> ActiveFilters | None:
    """The viewer's filters, ready to be used; None when they have none. From memory, or in three queries."""
    if not viewer_id:
        return None
    memory, now = server.of(FilterMemory), server.clock.now()
    active = memory.kept.get(viewer_id)
    if active is None or (active.until is not None and active.until <= now):
        since = memory.forgotten
        active = ActiveFilters(await _read(server.db, "account_id = ?", viewer_id), now)
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


async def list_filters(db: Reader, viewer: Viewer) -> list[FullFilter]:
    """All of the viewer's, the oldest first: there are not more than one may have."""
    return await _read(db, "account_id = ?", acting_account(viewer))


async def get_filter(db: Reader, viewer: Viewer, filter_id: int) -> FullFilter:
    """Raises NotFound for another's."""
    found = await _read(db, "id = ? AND account_id = ?", filter_id, acting_account(viewer))
    if not found:
        raise NotFound()
    return found[0]


async def get_keyword(db: Reader, viewer: Viewer, keyword_id: int) -> FilterKeyword:
    """Raises NotFound for another's."""
    row = await db.row(
        f"SELECT {filter_keywords.columns} FROM filter_keywords WHERE id = ? AND {OF_OWN}",
        keyword_id,
        acting_account(viewer),
    )
    if row is None:
        raise NotFound()
    return filter_keywords.load(row)


async def get_filter_status(db: Reader, viewer: Viewer, row_id: int) -> FilterStatus:
    """Raises NotFound for another's."""
    row = await db.row(
        f"SELECT {filter_statuses.columns} FROM filter_statuses WHERE id = ? AND {OF_OWN}",
        row_id,
        acting_account(viewer),
    )
    if row is None:
        raise NotFound()
    return filter_statuses.load(row)


async def _read(db: Reader, condition: str, *values: Value) -> list[FullFilter]:
    rows = await db.rows(f"SELECT {filters.columns} FROM filters WHERE {condition} ORDER BY id", *values)
    found = [filters.load(row) for row in rows]
    if not found:
        return []
    return await _filled(db, found)


async def _filled(db: Reader, found: list[Filter]) -> list[FullFilter]:
    ids = [each.id for each in found]
    keywords: dict[int, list[FilterKeyword]] = {}
    for row in await db.rows(
        f"SELECT {filter_keywords.columns} FROM filter_keywords WHERE filter_id = ANY(?) ORDER BY id", ids
    ):
        keyword = filter_keywords.load(row)
        keywords.setdefault(keyword.filter_id, []).append(keyword)
    statuses: dict[int, list[FilterStatus]] = {}
    for row in await db.rows(
        f"SELECT {filter_statuses.columns} FROM filter_statuses WHERE filter_id = ANY(?) ORDER BY id", ids
    ):
        held = filter_statuses.load(row)
        statuses.setdefault(held.filter_id, []).append(held)
    return [FullFilter(each, keywords.get(each.id, ()), statuses.get(each.id, ())) for each in found]

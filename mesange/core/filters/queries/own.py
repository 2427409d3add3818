"""Reads of filters: all of them are their owner's own. Another's does not exist."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.filters.model import Filter, FilterKeyword, FilterStatus, FullFilter
from mesange.core.filters.tables import filter_keywords, filter_statuses, filters
from mesange.kit.db import Reader, Value
from mesange.kit.errors import NotFound

OF_OWN = "filter_id IN (SELECT id FROM filters WHERE account_id = ?)"


async def list_filters(db: Reader, viewer: Viewer) -> list[FullFilter]:
    """All of the viewer's, the oldest first: there are not more than one may have."""
    return await list_of_account(db, acting_account(viewer))


async def list_of_account(db: Reader, account_id: int) -> list[FullFilter]:
    return await _read(db, "account_id = ?", account_id)


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

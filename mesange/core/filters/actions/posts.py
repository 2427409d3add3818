"""Writes of the single posts that filters name."""

from mesange.core.accounts.model import Viewer
from mesange.core.filters.actions.changing import changing, refuse_too_many
from mesange.core.filters.model import MOST_STATUSES, FilterStatus
from mesange.core.filters.queries import get_filter, get_filter_status
from mesange.core.filters.tables import filter_statuses
from mesange.core.statuses.queries import visible_status
from mesange.kit.server import Server


async def add_status(server: Server, viewer: Viewer, filter_id: int, status_id: int) -> FilterStatus:
    """Filter one post. Raises NotFound (the filter, or a post that the viewer does not see), Invalid."""
    status = await visible_status(server, viewer, status_id)
    async with changing(server, viewer) as tx:
        await get_filter(tx, viewer, filter_id)
        new = FilterStatus(server.ids.next(), filter_id, status.reblog_of_id or status.id)
        await tx.execute(filter_statuses.insert_text + " ON CONFLICT DO NOTHING", *filter_statuses.values(new))
        await refuse_too_many(
            tx, viewer, "filter_statuses", MOST_STATUSES, "Your filters hold as many posts as they may."
        )
        row = await tx.row(
            f"SELECT {filter_statuses.columns} FROM filter_statuses WHERE filter_id = ? AND status_id = ?",
            filter_id,
            new.status_id,
        )
    return filter_statuses.load(row) if row else new


async def remove_status(server: Server, viewer: Viewer, row_id: int) -> FilterStatus:
    """Raises NotFound."""
    async with changing(server, viewer) as tx:
        held = await get_filter_status(tx, viewer, row_id)
        await tx.execute("DELETE FROM filter_statuses WHERE id = ?", held.id)
    return held

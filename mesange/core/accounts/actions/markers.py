"""Writes of read markers."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.events.accounts import MarkerMoved
from mesange.kit.server import Server


async def move_marker(server: Server, viewer: Viewer, timeline: str, last_read_id: int) -> None:
    """Remember how far the viewer has read a timeline, for all their clients."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        await tx.execute(
            "INSERT INTO markers (account_id, timeline, last_read_id, version, updated_at) VALUES (?, ?, ?, 1, ?) "
            "ON CONFLICT (account_id, timeline) DO UPDATE SET last_read_id = excluded.last_read_id, "
            "version = markers.version + 1, updated_at = excluded.updated_at",
            account_id,
            timeline,
            last_read_id,
            server.clock.now(),
        )
        tx.emit(MarkerMoved(account_id=account_id, timeline=timeline))

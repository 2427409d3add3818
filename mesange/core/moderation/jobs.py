"""Reactions to the clock: a suspension that can be answered no more becomes a removal."""

from mesange.core.moderation.actions.list_reading import fetch_lists
from mesange.events.moderation import AccountRemovalDue
from mesange.kit.jobs import Job
from mesange.kit.server import Server

AT_ONCE = 100


async def announce_removals(server: Server) -> None:
    """Each once: the row that asks for it is cleared in the commit that announces it. An open answer holds it back."""
    async with server.db.transaction() as tx:
        due = await tx.rows(
            "SELECT id, account_id FROM strikes WHERE removal_at <= ? "
            "AND (appealed_at IS NULL OR answered_at IS NOT NULL) ORDER BY removal_at, id LIMIT ? FOR UPDATE",
            server.clock.now(),
            AT_ONCE,
        )
        for strike_id, account_id in due:
            await tx.execute("UPDATE strikes SET removal_at = NULL WHERE id = ?", strike_id)
            tx.emit(AccountRemovalDue(account_id=account_id))


JOBS = [
    Job("announce removals", seconds=3_600, run=announce_removals),
    Job("read lists of blocks", seconds=60, run=fetch_lists),
]

"""Which accounts are hidden or limited: asked on every way of reading, so kept in memory whole."""

from mesange.core.accounts.memory import AccountMemory
from mesange.core.accounts.model import Standings
from mesange.kit.server import Server

UNLIKE_OTHERS = "suspended_at IS NOT NULL OR deleted_at IS NOT NULL OR limited_at IS NOT NULL"


async def standings_of(server: Server) -> Standings:
    """Hidden and limited accounts of this server as the log left them."""
    memory = server.of(AccountMemory)
    standings = memory.standings
    if standings is None:
        since = memory.standings_forgotten
        rows = await server.db.rows(
            "SELECT id, CASE WHEN suspended_at IS NULL AND deleted_at IS NULL THEN 0 ELSE 1 END FROM accounts "
            f"WHERE {UNLIKE_OTHERS}"
        )
        standings = Standings(
            hidden=frozenset(id for id, is_hidden in rows if is_hidden),
            limited=frozenset(id for id, is_hidden in rows if not is_hidden),
        )
        if memory.standings_forgotten == since:
            memory.standings = standings
    return standings


def only_standing(standings: Standings, column: str, *, also_limited: bool = True) -> str:
    """SQL that leaves out rows whose account (`column`) is hidden, or limited too; empty when nobody is.

    A look-up by primary key for each row, whatever the number of hidden accounts.
    """
    conditions = ["a.suspended_at IS NOT NULL", "a.deleted_at IS NOT NULL"] if standings.hidden else []
    if also_limited and standings.limited:
        conditions.append("a.limited_at IS NOT NULL")
    if not conditions:
        return ""
    return f" AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = {column} AND ({' OR '.join(conditions)}))"

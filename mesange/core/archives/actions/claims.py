"""Work is a row: one server claims it, says now and then that it is still at it, and another takes over if it dies."""

from typing import TypeVar

from mesange.core.archives.model import STALE_AFTER, Work
from mesange.kit.db import Table
from mesange.kit.server import Server

Noun = TypeVar("Noun")


async def claim(server: Server, table: Table[Noun]) -> Noun | None:
    """The oldest work that nobody does."""
    now = server.clock.now()
    async with server.db.transaction() as tx:
        row = await tx.row(
            f"SELECT {table.columns} FROM {table.name} WHERE state IN ('asked', 'making') "
            "AND (claimed_at IS NULL OR claimed_at < ?) ORDER BY id LIMIT 1 FOR UPDATE",
            now - STALE_AFTER,
        )
        if row is None:
            return None
        await tx.execute(
            f"UPDATE {table.name} SET state = ?, claimed_at = ? WHERE id = ?", Work.MAKING.value, now, row[0]
        )
    return table.load(row)


async def tell_progress(server: Server, table: Table[Noun], id: int, **counted: int) -> None:
    """Still at it, and so far."""
    columns = "".join(f", {name} = ?" for name in counted)
    async with server.db.transaction() as tx:
        await tx.execute(
            f"UPDATE {table.name} SET claimed_at = ?{columns} WHERE id = ?", server.clock.now(), *counted.values(), id
        )

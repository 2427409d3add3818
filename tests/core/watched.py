"""A database that notes what it is asked, to count queries and to look at their plans."""

from typing import Any

from mesange.kit.db import Database, Row, TransactionScope, Value
from mesange.kit.server import Server


class Watched:
    """Reads pass through and are noted; everything else is the database's own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.asked: list[tuple[str, tuple[Value, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    def transaction(self) -> TransactionScope:
        return self._database.transaction()

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        self.asked.append((sql, values))
        return await self._database.rows(sql, *values)

    async def row(self, sql: str, *values: Value) -> Row | None:
        self.asked.append((sql, values))
        return await self._database.row(sql, *values)

    async def value(self, sql: str, *values: Value) -> Any:
        self.asked.append((sql, values))
        return await self._database.value(sql, *values)


def watch(server: Server) -> Watched:
    watched = Watched(server.db)
    server.db = watched  # type: ignore[assignment]
    return watched


def forget_everything(server: Server) -> None:
    """As after a start: nothing is in memory."""
    server._parts.clear()

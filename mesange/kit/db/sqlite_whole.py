"""SQLite, whole: read through a connection of its own, which holds no writer up; filled without a journal."""

import os
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import apsw

from mesange.kit.db import Row
from mesange.kit.db.whole import AT_ONCE, UNSAVED, Columns

ORDINARY = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"


class SqliteSnapshot:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def tables(self) -> Mapping[str, Columns]:
        names = sorted(name for (name,) in self._connection.execute(ORDINARY) if name not in UNSAVED)
        return {name: self._columns(name) for name in names}

    def _columns(self, table: str) -> Columns:
        return tuple(name for (name,) in self._connection.execute("SELECT name FROM pragma_table_info(?)", (table,)))

    async def rows(self, table: str, columns: Columns) -> AsyncIterator[list[Row]]:
        cursor = self._connection.execute(f"SELECT {', '.join(columns)} FROM {table}")
        batch: list[Row] = []
        for row in cursor:
            batch.append(row)
            if len(batch) == AT_ONCE:
                yield batch
                batch = []
        if batch:
            yield batch


@asynccontextmanager
async def sqlite_snapshot(path: Path) -> AsyncGenerator[SqliteSnapshot]:
    connection: Any = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()  # The instant: the first read after BEGIN.
        yield SqliteSnapshot(connection)
    finally:
        connection.close()


class SqliteLoading:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def fill(self, table: str, columns: Columns, rows: Sequence[Row]) -> None:
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        self._connection.executemany(statement, rows)


@asynccontextmanager
async def sqlite_loading(path: Path) -> AsyncGenerator[SqliteLoading]:
    """A crash in the middle spoils the file; its rows were nobody's yet. At the end it is durable."""
    connection: Any = apsw.Connection(str(path))
    try:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000", "locking_mode = EXCLUSIVE"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        yield SqliteLoading(connection)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())

"""SQLite: reads at once on the loop's thread, one writing connection with group commit (see lane.py)."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

import apsw

from mesange.kit.db import (
    AfterCommit,
    Duplicate,
    Emitted,
    Position,
    Row,
    Unstorable,
    Value,
    no_events,
    nothing_after_commit,
)
from mesange.kit.db.aside import Aside
from mesange.kit.db.checkpoint import Checkpointer
from mesange.kit.db.dialect import Sqlite
from mesange.kit.db.lane import DISK_TROUBLE, WAIT_SECONDS, Lane
from mesange.kit.db.sqlite_whole import sqlite_loading, sqlite_snapshot
from mesange.kit.db.table import Table
from mesange.kit.db.whole import Loading, Snapshot
from mesange.kit.errors import Unavailable

Connection: TypeAlias = Any
"""An apsw.Connection: apsw's own stubs leave the types of rows and values open."""

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16000",
)
STATEMENT_STEPS = 20_000_000  # About two seconds: no read may hold the loop longer.
READ_TROUBLE = (apsw.InterruptError, apsw.BusyError, *DISK_TROUBLE)
NOT_UNIQUE = (
    apsw.SQLITE_CONSTRAINT_PRIMARYKEY,
    apsw.SQLITE_CONSTRAINT_ROWID,
    apsw.SQLITE_CONSTRAINT_UNIQUE,
)


class SqliteDatabase:
    engine = "sqlite"

    def __init__(self, path: Path, wait_seconds: float = WAIT_SECONDS) -> None:
        self.path = path
        self.own_files = (path.name,)
        self._wait_seconds = wait_seconds
        self.encode_event: Callable[[Any], bytes] = no_events
        self.after_commit: AfterCommit = nothing_after_commit

    async def open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path.touch(mode=0o600)
        self._writer = _connect(self.path)
        self._reader = _connect(self.path)
        self._reader.execute("PRAGMA query_only = ON")
        self._reader.set_progress_handler(_too_long, STATEMENT_STEPS)
        self._aside = Aside(self.path)
        self._lane = Lane(self, self._writer, Checkpointer(self.path, self._writer), self._wait_seconds)

    async def close(self) -> None:
        await self._lane.close()
        await self._aside.close()
        self._reader.close()
        self._writer.close()

    def figures(self) -> dict[str, int]:
        return {
            "writers_waiting": self._lane.waiting,
            "commits": self._lane.groups,
            "transactions": self._lane.bodies,
        }

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        return self._read(*Sqlite.ready(sql, values))

    async def row(self, sql: str, *values: Value) -> Row | None:
        rows = self._read(*Sqlite.ready(sql, values))
        return rows[0] if rows else None

    async def value(self, sql: str, *values: Value) -> Any:
        rows = self._read(*Sqlite.ready(sql, values))
        return rows[0][0] if rows else None

    async def slow_rows(self, sql: str, *values: Value) -> list[Row]:
        try:
            return await self._aside.rows(*Sqlite.ready(sql, values))
        except READ_TROUBLE as error:
            raise Unavailable() from error
        except UnicodeEncodeError as error:
            raise Unstorable() from error

    def transaction(self) -> "SqliteTransaction":
        return SqliteTransaction(self._writer, self._lane)

    async def events_after(self, position: Position, limit: int) -> list[Emitted]:
        rows = self._read(Sqlite.events_after, (position[1], limit))
        return [((epoch, seq), data) for epoch, seq, data in rows]

    async def newest_position(self) -> Position:
        epoch, seq = self._read(Sqlite.newest_position, ())[0]
        return epoch, seq

    async def define(self, statements: Sequence[str], version: int, name: str) -> bool:
        async with self.transaction() as tx:
            if await tx.value("SELECT 1 FROM migrations WHERE version = ?", version):
                return False
            for statement in statements:
                await tx.execute(Sqlite.ddl(statement))
            await tx.execute("INSERT INTO migrations (version, name) VALUES (?, ?)", version, name)
        return True

    async def check(self) -> str:
        connection: Connection = apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READONLY)
        found = [text for (text,) in connection.execute("PRAGMA quick_check(3)")]
        connection.close()
        return "" if found == ["ok"] else "; ".join(found)

    async def size(self) -> int:
        files = (self.path, self.path.with_name(self.path.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def snapshot(self) -> AbstractAsyncContextManager[Snapshot]:
        return sqlite_snapshot(self.path)

    @asynccontextmanager
    async def loading(self) -> AsyncGenerator[Loading]:
        """Our own connections are closed meanwhile: filling without a journal must be alone."""
        await self.close()
        try:
            async with sqlite_loading(self.path) as loading:
                yield loading
        finally:
            await self.open()

    def _read(self, sql: str, values: Sequence[Any]) -> list[Row]:
        try:
            return self._reader.execute(sql, values).fetchall()
        except READ_TROUBLE as error:
            raise Unavailable() from error
        except UnicodeEncodeError as error:
            raise Unstorable() from error


class SqliteTransaction:
    """One body inside the group's transaction: undone alone when it fails, durable with the group."""

    __slots__ = ("_connection", "_events", "_lane")

    def __init__(self, connection: Connection, lane: Lane) -> None:
        self._connection = connection
        self._lane = lane
        self._events: list[object] = []

    async def __aenter__(self) -> "SqliteTransaction":
        await self._lane.enter()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            await self._lane.leave(self._events)
        else:
            self._lane.undo()

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        return self._run(sql, values).fetchall()

    async def row(self, sql: str, *values: Value) -> Row | None:
        rows = self._run(sql, values).fetchall()
        return rows[0] if rows else None

    async def value(self, sql: str, *values: Value) -> Any:
        rows = self._run(sql, values).fetchall()
        return rows[0][0] if rows else None

    async def execute(self, sql: str, *values: Value) -> int:
        self._run(sql, values)
        return self._connection.changes()

    async def insert(self, table: Table[Any], noun: object) -> None:
        self._run(table.insert_text, table.values(noun))

    async def update(self, table: Table[Any], noun: object) -> None:
        self._run(table.update_text, table.update_values(noun))

    def emit(self, event: object) -> None:
        self._events.append(event)

    def _run(self, sql: str, values: Sequence[Any]) -> Any:
        try:
            return self._connection.execute(*Sqlite.ready(sql, values))
        except apsw.ConstraintError as error:
            broken: Any = error
            if broken.extendedresult in NOT_UNIQUE:
                raise Duplicate() from error
            raise
        except DISK_TROUBLE as error:
            raise Unavailable() from error
        except UnicodeEncodeError as error:
            raise Unstorable() from error


def _connect(path: Path) -> Connection:
    connection: Connection = apsw.Connection(str(path), statementcachesize=400)
    connection.set_busy_timeout(0)
    # Without this, SQLite plans a statement anew for every new value (STAT4): up to half of a small query.
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    for pragma in PRAGMAS:
        _patiently(connection, pragma)
    return connection


def _patiently(connection: Connection, statement: str) -> None:
    connection.set_busy_timeout(5_000)
    connection.execute(statement)
    connection.set_busy_timeout(0)


def _too_long() -> bool:
    return True

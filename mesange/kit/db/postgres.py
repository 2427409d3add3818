"""PostgreSQL: a pool of connections; a transaction holds one of them from its first statement to its commit."""

import asyncio
import contextlib
import re
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any

import asyncpg

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
from mesange.kit.db.dialect import Postgres
from mesange.kit.db.postgres_whole import postgres_loading, postgres_snapshot
from mesange.kit.db.table import Table
from mesange.kit.db.whole import Loading, Snapshot
from mesange.kit.errors import TooSlow, Unavailable

WAIT_SECONDS = 10.0
STATEMENT_SECONDS = 10.0
SLOW_SECONDS = 1.0
LONG_SECONDS = 86_400.0
GONE = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.DiskFullError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.DeadlockDetectedError,
    OSError,
    TimeoutError,
)
# The last two: another server made the same table in this very moment.
ALREADY_THERE = (asyncpg.UniqueViolationError, asyncpg.DuplicateObjectError, asyncpg.DuplicateTableError)
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class PostgresDatabase:
    engine = "postgres"
    own_files: tuple[str, ...] = ()

    def __init__(self, url: str, connections: int) -> None:
        self._url = url
        self._connections = connections
        self.encode_event: Callable[[Any], bytes] = no_events
        self.after_commit: AfterCommit = nothing_after_commit

    async def open(self) -> None:
        try:
            # asyncpg leaves the types of its pool and connections open.
            self._pool: Any = await asyncpg.create_pool(  # pyright: ignore[reportUnknownMemberType]
                self._url,
                min_size=1,
                max_size=self._connections,
                timeout=WAIT_SECONDS,
                command_timeout=STATEMENT_SECONDS,
                server_settings={"application_name": "mesange", "jit": "off"},
            )
        except GONE as error:
            raise Unavailable("The database does not answer.") from error

    async def close(self) -> None:
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()

    def figures(self) -> dict[str, int]:
        size, idle = self._pool.get_size(), self._pool.get_idle_size()
        return {"connections": size, "connections_busy": size - idle}

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        with _translated(*values):
            async with self._pool.acquire(timeout=WAIT_SECONDS) as connection:
                return await connection.fetch(Postgres.statement(sql), *values)

    async def row(self, sql: str, *values: Value) -> Row | None:
        rows = await self.rows(sql, *values)
        return rows[0] if rows else None

    async def value(self, sql: str, *values: Value) -> Any:
        rows = await self.rows(sql, *values)
        return rows[0][0] if rows else None

    async def slow_rows(self, sql: str, *values: Value) -> list[Row]:
        with _translated(*values):
            async with self._pool.acquire(timeout=WAIT_SECONDS) as connection:
                try:
                    return await connection.fetch(Postgres.statement(sql), *values, timeout=SLOW_SECONDS)
                except TimeoutError as error:
                    raise TooSlow() from error

    def transaction(self) -> "PostgresTransaction":
        return PostgresTransaction(self, self._pool)

    async def events_after(self, position: Position, limit: int) -> list[Emitted]:
        rows = await self.rows(Postgres.events_after, *position, limit)
        return [((epoch, seq), data) for epoch, seq, data in rows]

    async def newest_position(self) -> Position:
        row = await self.row(Postgres.newest_position)
        return (row[0], row[1]) if row else (0, 0)

    async def define(self, statements: Sequence[str], version: int, name: str) -> bool:
        async with self.transaction() as tx:
            await tx.execute_long("LOCK TABLE migrations IN EXCLUSIVE MODE")
            if await tx.value("SELECT 1 FROM migrations WHERE version = ?", version):
                return False
            for statement in statements:
                await tx.execute_long(Postgres.ddl(statement))
            await tx.execute("INSERT INTO migrations (version, name) VALUES (?, ?)", version, name)
        return True

    async def check(self) -> str:
        """PostgreSQL checks its own pages when it is set up with checksums."""
        return ""

    async def size(self) -> int:
        return await self.value("SELECT pg_database_size(current_database())")

    def snapshot(self) -> AbstractAsyncContextManager[Snapshot]:
        return postgres_snapshot(self._pool)

    def loading(self) -> AbstractAsyncContextManager[Loading]:
        return postgres_loading(self._pool)


class PostgresTransaction:
    __slots__ = ("_connection", "_database", "_events", "_pool", "_transaction")

    def __init__(self, database: PostgresDatabase, pool: Any) -> None:
        self._database = database
        self._pool = pool
        self._events: list[object] = []

    async def __aenter__(self) -> "PostgresTransaction":
        with _translated():
            self._connection = await self._pool.acquire(timeout=WAIT_SECONDS)
            try:
                self._transaction = self._connection.transaction()
                await self._transaction.start()
            except BaseException:
                await self._pool.release(self._connection)
                raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        emitted: list[Emitted] = []
        with _translated():
            try:
                if error is None:
                    emitted = await self._commit()
                else:
                    await self._transaction.rollback()
            finally:
                await self._pool.release(self._connection)
        if emitted:
            await self._database.after_commit(emitted)

    async def _commit(self) -> list[Emitted]:
        try:
            emitted = [await self._append(event) for event in self._events]
        except BaseException:
            await self._transaction.rollback()
            raise
        await self._transaction.commit()
        return emitted

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        with _translated(*values):
            return await self._connection.fetch(Postgres.statement(sql), *values)

    async def row(self, sql: str, *values: Value) -> Row | None:
        rows = await self.rows(sql, *values)
        return rows[0] if rows else None

    async def value(self, sql: str, *values: Value) -> Any:
        rows = await self.rows(sql, *values)
        return rows[0][0] if rows else None

    async def execute(self, sql: str, *values: Value) -> int:
        with _translated(*values):
            status: str = await self._connection.execute(Postgres.statement(sql), *values)
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0

    async def execute_long(self, sql: str) -> None:
        """What may take its time: an index over millions of rows, a wait for another server's migration."""
        with _translated():
            await self._connection.execute(sql, timeout=LONG_SECONDS)

    async def insert(self, table: Table[Any], noun: object) -> None:
        await self.execute(table.insert_text, *table.values(noun))

    async def update(self, table: Table[Any], noun: object) -> None:
        await self.execute(table.update_text, *table.update_values(noun))

    def emit(self, event: object) -> None:
        self._events.append(event)

    async def _append(self, event: object) -> Emitted:
        data = self._database.encode_event(event)
        epoch, seq = await self._connection.fetchrow(Postgres.append_event, data)
        return (epoch, seq), data


@contextlib.contextmanager
def _translated(*values: Value) -> Generator[None]:
    try:
        yield
    except ALREADY_THERE as error:
        raise Duplicate() from error
    except asyncpg.DataError as error:
        if any(isinstance(value, str) and UNSTORABLE.search(value) for value in values):
            raise Unstorable() from error
        raise
    except GONE as error:
        raise Unavailable() from error

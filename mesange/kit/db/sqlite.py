"""SQLite: reads at once on the loop's thread, one writing connection with group commit.

Bodies of transactions run one after the other on the loop's thread (a statement takes microseconds); what is slow,
the flush to the disk, runs in the commit thread for all bodies of a group together. Each is answered after it.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

import apsw

from mesange.kit.db import AfterCommit, Duplicate, Emitted, Position, Row, Value, no_events, nothing_after_commit
from mesange.kit.db.checkpoint import Checkpointer
from mesange.kit.db.dialect import Sqlite
from mesange.kit.db.table import Table
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
WAITING_WRITERS = 2_000
WAIT_SECONDS = 10.0
GROUP_SIZE = 128
STATEMENT_STEPS = 20_000_000  # About two seconds: no read may hold the loop longer.
DISK_TROUBLE = (apsw.FullError, apsw.IOError, apsw.ReadOnlyError, apsw.CantOpenError)


class SqliteDatabase:
    engine = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encode_event: Callable[[Any], bytes] = no_events
        self.after_commit: AfterCommit = nothing_after_commit

    async def open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path.touch(mode=0o600)
        self._writer = _connect(self.path)
        self._reader = _connect(self.path)
        self._reader.execute("PRAGMA query_only = ON")
        self._reader.set_progress_handler(_too_long, STATEMENT_STEPS)
        self._lane = Lane(self, self._writer, Checkpointer(self.path, self._writer))

    async def close(self) -> None:
        await self._lane.close()
        self._reader.close()
        self._writer.close()

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        return self._reader.execute(Sqlite.statement(sql), Sqlite.values(values)).fetchall()

    async def row(self, sql: str, *values: Value) -> Row | None:
        rows = self._reader.execute(Sqlite.statement(sql), Sqlite.values(values)).fetchall()
        return rows[0] if rows else None

    async def value(self, sql: str, *values: Value) -> Any:
        rows = self._reader.execute(Sqlite.statement(sql), Sqlite.values(values)).fetchall()
        return rows[0][0] if rows else None

    def transaction(self) -> "SqliteTransaction":
        return SqliteTransaction(self._writer, self._lane)

    async def events_after(self, position: Position, limit: int) -> list[Emitted]:
        rows = self._reader.execute(Sqlite.events_after, (position[1], limit))
        return [((epoch, seq), data) for epoch, seq, data in rows]

    async def newest_position(self) -> Position:
        epoch, seq = self._reader.execute(Sqlite.newest_position).fetchall()[0]
        return epoch, seq

    async def define(self, statements: Sequence[str], version: int, name: str) -> None:
        async with self.transaction() as tx:
            for statement in statements:
                await tx.execute(Sqlite.ddl(statement))
            await tx.execute("INSERT INTO migrations (version, name) VALUES (?, ?)", version, name)

    async def check(self) -> str:
        connection: Connection = apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READONLY)
        found = [text for (text,) in connection.execute("PRAGMA quick_check(3)")]
        connection.close()
        return "" if found == ["ok"] else "; ".join(found)

    async def size(self) -> int:
        files = (self.path, self.path.with_name(self.path.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())


class SqliteTransaction:
    """One body inside the group's transaction: undone alone when it fails, durable with the group."""

    __slots__ = ("_connection", "_events", "_lane")

    def __init__(self, connection: Connection, lane: "Lane") -> None:
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
            self._lane.undo(error)

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
            return self._connection.execute(Sqlite.statement(sql), Sqlite.values(values))
        except apsw.ConstraintError as error:
            raise Duplicate() from error
        except DISK_TROUBLE as error:
            raise Unavailable() from error


class Lane:
    """The single file of writers. A writer runs its body, then waits with its group for the commit."""

    def __init__(self, database: SqliteDatabase, connection: Connection, checkpointer: Checkpointer) -> None:
        self._database = database
        self._connection = connection
        self._checkpointer = checkpointer
        self._thread = ThreadPoolExecutor(1, "commit")
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._group: list[tuple[asyncio.Future[None], list[Emitted]]] = []
        self._taken = False
        self._open = False
        self._committing: asyncio.Task[None] | None = None

    async def enter(self) -> None:
        if self._taken:
            await self._wait()
        self._taken = True
        try:
            if not self._open:
                await self._begin()
            self._connection.execute("SAVEPOINT body")
        except BaseException as error:
            self._pass_on()
            if isinstance(error, DISK_TROUBLE):
                raise Unavailable() from error
            raise

    async def leave(self, events: list[object]) -> None:
        try:
            emitted = [self._append(event) for event in events]
            self._connection.execute("RELEASE body")
        except BaseException as error:
            self.undo(error)
            raise
        durable: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._group.append((durable, emitted))
        self._pass_on()
        await durable

    def undo(self, error: BaseException) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK TO body")
            self._connection.execute("RELEASE body")
        else:  # SQLite gave the whole transaction up (disk full): so must the group.
            self._open = False
            self._refuse_group(Unavailable())
        self._pass_on()

    async def close(self) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while self._taken or self._waiting or self._group:
                await asyncio.sleep(0.01)
        self._thread.shutdown()
        self._checkpointer.close()

    def _append(self, event: object) -> Emitted:
        data = self._database.encode_event(event)
        self._connection.execute(Sqlite.append_event, (data,))
        return (0, self._connection.last_insert_rowid()), data

    async def _wait(self) -> None:
        if len(self._waiting) >= WAITING_WRITERS:
            raise Unavailable()
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        limit = loop.call_later(WAIT_SECONDS, _give_up, turn)
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._pass_on()
            raise
        finally:
            limit.cancel()

    async def _begin(self) -> None:
        """Another process (an administration command) may hold the file for a moment."""
        deadline = asyncio.get_running_loop().time() + WAIT_SECONDS
        while True:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                self._open = True
                return
            except apsw.BusyError as error:
                if asyncio.get_running_loop().time() > deadline:
                    raise Unavailable() from error
            await asyncio.sleep(0.005)

    def _pass_on(self) -> None:
        if len(self._group) < GROUP_SIZE:
            while self._waiting:
                turn = self._waiting.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._taken = False
        if self._group:
            asyncio.get_running_loop().call_soon(self._start_commit)

    def _start_commit(self) -> None:
        """Deferred once, so that whoever became ready in the same turn joins the group."""
        if self._group and not self._taken:
            self._taken = True
            self._committing = asyncio.get_running_loop().create_task(self._commit())

    async def _commit(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._thread, self._connection.execute, "COMMIT")
        except Exception as error:  # Whatever it was, the group must hear of it.
            if self._connection.in_transaction:
                with contextlib.suppress(apsw.Error):
                    self._connection.execute("ROLLBACK")
            self._open = False
            self._refuse_group(Unavailable() if isinstance(error, DISK_TROUBLE) else error)
        else:
            self._open = False
            await self._answer_group()
        self._checkpointer.look()
        self._pass_on()

    async def _answer_group(self) -> None:
        group, self._group = self._group, []
        emitted = [event for _, events in group for event in events]
        if emitted:
            await self._database.after_commit(emitted)
        for durable, _ in group:
            if not durable.done():
                durable.set_result(None)

    def _refuse_group(self, error: Exception) -> None:
        group, self._group = self._group, []
        for durable, _ in group:
            if not durable.done():
                durable.set_exception(error)


def _connect(path: Path) -> Connection:
    connection: Connection = apsw.Connection(str(path), statementcachesize=400)
    connection.set_busy_timeout(0)
    for pragma in PRAGMAS:
        _patiently(connection, pragma)
    return connection


def _patiently(connection: Connection, statement: str) -> None:
    connection.set_busy_timeout(5_000)
    connection.execute(statement)
    connection.set_busy_timeout(0)


def _too_long() -> bool:
    return True


def _give_up(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_exception(Unavailable())

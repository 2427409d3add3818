"""One database interface over two engines.

Reads outside a transaction see what is committed. Writes happen inside `transaction()`, which returns only when
they are durable. Inside a transaction await nothing but its own methods: other writers wait for it.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from mesange.kit.db.table import Table
from mesange.kit.errors import BadRequest, Conflict
from mesange.kit.settings import Settings

if TYPE_CHECKING:
    from mesange.kit.db.whole import Loading, Snapshot

Row: TypeAlias = tuple[Any, ...]
Value: TypeAlias = "int | str | bytes | float | Sequence[int] | Sequence[str] | None"
Emitted: TypeAlias = "tuple[Position, bytes]"
Position: TypeAlias = tuple[int, int]
"""Place in the event log: (transaction epoch, sequence). The epoch is 0 on an engine with one writer."""
AfterCommit: TypeAlias = "Callable[[list[Emitted]], Awaitable[None]]"


class Duplicate(Conflict):
    """A row with the same unique value exists already."""

    public_text = "This already exists."


class Unstorable(BadRequest):
    """A text holds what no database text can: half of a surrogate pair, on PostgreSQL also NUL."""

    public_text = "This text holds signs that cannot be stored."


class Reader(Protocol):
    async def rows(self, sql: str, *values: Value) -> list[Row]: ...
    async def row(self, sql: str, *values: Value) -> Row | None: ...
    async def value(self, sql: str, *values: Value) -> Any: ...


class Transaction(Reader, Protocol):
    async def execute(self, sql: str, *values: Value) -> int:
        """Run one statement; the number of rows it changed. Raises Duplicate, Unavailable."""
        ...

    async def insert(self, table: "Table[Any]", noun: object) -> None: ...
    async def update(self, table: "Table[Any]", noun: object) -> None: ...
    def emit(self, event: object) -> None:
        """Append a fact to the event log, in this very commit."""
        ...


class TransactionScope(Protocol):
    async def __aenter__(self) -> Transaction: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Database(Reader, Protocol):
    engine: str
    own_files: tuple[str, ...]
    """How the names of its files in the data folder begin."""
    encode_event: Callable[[Any], bytes]
    after_commit: AfterCommit

    async def open(self) -> None: ...
    async def close(self) -> None: ...
    def transaction(self) -> TransactionScope:
        """Open the next transaction. Raises Unavailable when the queue of writers is full or the disk is."""
        ...

    async def slow_rows(self, sql: str, *values: Value) -> list[Row]:
        """A read that may take its time: it holds nobody up. Raises TooSlow after a second."""
        ...

    async def events_after(self, position: Position, limit: int) -> list[Emitted]:
        """Events of finished transactions after `position`, in order, with no gap that could be filled later."""
        ...

    async def newest_position(self) -> Position: ...
    async def define(self, statements: Sequence[str], version: int, name: str) -> bool:
        """Run the statements of one migration and note its version, all or nothing; False when it had run already."""
        ...

    async def check(self) -> str:
        """What is wrong with the stored data, or "" when it is sound."""
        ...

    def figures(self) -> dict[str, int]:
        """How busy the writers of this process are, by name."""
        ...

    async def size(self) -> int:
        """Bytes this database takes on its disk."""
        ...

    def snapshot(self) -> "AbstractAsyncContextManager[Snapshot]":
        """Every row as it stands now, read while others go on writing."""
        ...

    def loading(self) -> "AbstractAsyncContextManager[Loading]":
        """Fill the empty tables of a database that nobody else uses."""
        ...


async def nothing_after_commit(emitted: list[Emitted]) -> None:
    """Where nobody listens: administration commands."""


def no_events(event: object) -> bytes:
    """Until an event log is attached nothing can be emitted."""
    raise TypeError(f"this database was opened without an event log: {event!r}")


def open_database(settings: Settings) -> Database:
    """The engine that the settings name; only that engine's driver is imported."""
    if settings.database_url:
        from mesange.kit.db.postgres import PostgresDatabase

        return PostgresDatabase(settings.database_url, settings.database_connections)
    from mesange.kit.db.sqlite import SqliteDatabase

    return SqliteDatabase(settings.data / "mesange.sqlite3")

"""Runs the durable consumers: each reads the event log from its own cursor.

A batch's writes and the cursor move in one transaction: at-least-once reading, once-only effect. An event that keeps
failing is parked where the administrator sees it, and the line moves on.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from mesange.kit.db import Database, Position, Transaction
from mesange.kit.errors import Unavailable
from mesange.kit.event import Event
from mesange.kit.eventlog import EventLog, Logged
from mesange.kit.logging import log
from mesange.kit.progress import Progress

Handler: TypeAlias = Callable[[Any, Transaction, Any], Awaitable[None]]
"""`async def on_status_published(server, tx, event)`."""
Together: TypeAlias = Callable[[Any, Transaction, Sequence[Any]], Awaitable[None]]
"""`async def index_events(server, tx, events)`: one call for a whole batch, where that is cheaper."""

ATTEMPTS = 3
IDLE_SECONDS = 1.0
GATHER_SECONDS = 0.005  # Under load, one transaction for many events; alone, an event waits no longer than that.
BUSY_EVENTS, BUSY_SECONDS = 8, 0.03
SAVE_CURSOR_EVERY = 2_000
READ_AT_ONCE = 500
AT_ONCE = 100  # Other writers wait for a batch: it must be short.


@dataclass(frozen=True)
class Consumer:
    """`projection` names the tables that `mesange replay` may empty and refill from the log.

    With `together`, the events of `handlers`' kinds are handed over by the batch, in order. `concerns` says of an event
    whether it is worth a transaction, by what the event itself tells. `gather_seconds` is how long an event may wait
    for others, to share a transaction with them.
    """

    name: str
    handlers: Mapping[type[Event], Sequence[Handler]]
    projection: tuple[str, ...] = ()
    together: Together | None = None
    concerns: Callable[[Any], bool] = field(default=lambda event: True)
    gather_seconds: float = GATHER_SECONDS

    def handles(self, event: Event) -> bool:
        return type(event) in self.handlers and self.concerns(event)


class Moved(Exception):
    """The cursor stands elsewhere than where this runner left it."""


class ConsumerRunner:
    """`position` is how far this runner has read; the saved cursor may lag behind it, by events of no concern."""

    def __init__(self, server: Any, database: Database, eventlog: EventLog, consumer: Consumer) -> None:
        self._server = server
        self._database = database
        self._eventlog = eventlog
        self._consumer = consumer
        self._wake = eventlog.wake_up_call(consumer.handles)
        self._skipped = 0
        self._had = self._had_before = 0
        self._saved: Position = (0, 0)
        self.position: Position = (0, 0)

    async def run(self) -> None:
        """Follow the log for ever; cancelled at shutdown, between two transactions or undoing the open one."""
        while True:
            self._wake.clear()
            try:
                caught_up = not await self.step()
            except Unavailable:
                await asyncio.sleep(IDLE_SECONDS)
            except Exception:  # The runner outlives what it could not foresee.
                log.exception("consumer failed", consumer=self._consumer.name)
                await asyncio.sleep(IDLE_SECONDS)
            else:
                if caught_up:
                    await self._pause()
                await asyncio.sleep(self._gathering())

    def _gathering(self) -> float:
        """Under lasting load it waits longer: a transaction for many events costs little more than one for a few."""
        is_busy = min(self._had, self._had_before) >= BUSY_EVENTS and self._had < AT_ONCE
        return max(self._consumer.gather_seconds, BUSY_SECONDS) if is_busy else self._consumer.gather_seconds

    async def step(self) -> bool:
        """Handle the next batch; False when there was none."""
        await self._find_place()
        read = await self._eventlog.after(self.position, READ_AT_ONCE)
        batch = [logged for logged in read if self._consumer.handles(logged[1])]
        self._had_before, self._had = self._had, len(batch)
        if not read:
            return False
        last = read[-1][0] if len(batch) <= AT_ONCE else batch[AT_ONCE - 1][0]
        try:
            if batch:
                await self._handle(batch[:AT_ONCE], last)
            else:
                await self._skip(len(read), last)
        except Moved:
            return True
        self.position = last
        return True

    async def _find_place(self) -> None:
        """Where to go on: a replay, or another server that runs this consumer too, may have moved the cursor."""
        saved = await saved_position(self._database, self._consumer.name)
        if saved is None:
            async with self._database.transaction() as tx:
                await tx.execute(
                    "INSERT INTO cursors (consumer, epoch, seq) VALUES (?, 0, 0) ON CONFLICT DO NOTHING",
                    self._consumer.name,
                )
        elif saved != self._saved:
            self.position = self._saved = saved

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _skip(self, count: int, last: Position) -> None:
        """Events of no concern move the cursor in memory; reading them again after a crash does nothing."""
        self._skipped += count
        if self._skipped >= SAVE_CURSOR_EVERY:
            self._skipped = 0
            async with self._moving_to(last):
                pass

    async def _handle(self, batch: list[Logged], last: Position) -> None:
        try:
            async with self._moving_to(last) as tx:
                await self._call(tx, *(event for _, event in batch))
        except (Unavailable, Moved):
            raise
        except Exception as error:  # Find the bad one by going one at a time.
            log.warning("consumer batch failed", consumer=self._consumer.name, error=repr(error))
            for logged in batch:
                await self._handle_alone(logged)

    async def _handle_alone(self, logged: Logged) -> None:
        position, event = logged
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with self._moving_to(position) as tx:
                    await self._call(tx, event)
                return
            except (Unavailable, Moved):
                raise
            except Exception as error:  # Parked with its reason after the last attempt.
                log.exception("event failed", consumer=self._consumer.name, position=position, attempt=attempt)
                if attempt == ATTEMPTS:
                    await self._park(logged, error)
                else:
                    await asyncio.sleep(0.05 * attempt)

    async def _park(self, logged: Logged, error: Exception) -> None:
        (epoch, seq), event = logged
        async with self._moving_to((epoch, seq)) as tx:
            await tx.execute(
                "INSERT INTO parked_events (consumer, epoch, seq, name, error) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (consumer, epoch, seq) DO UPDATE SET error = excluded.error",
                self._consumer.name, epoch, seq, type(event).__name__, repr(error)[:500],
            )  # fmt: skip

    async def retry_parked(self) -> tuple[int, int]:
        """Handle parked events once more, oldest first, each with its removal in one transaction.

        How many were done, and how many failed again.
        """
        done = failed = 0
        for position in await parked_positions(self._database, self._consumer.name):
            try:
                async with self._database.transaction() as tx:
                    await self._unpark(tx, position)
                done += 1
            except Unavailable:
                raise
            except Exception as error:  # It stays parked; the others have their turn.
                log.warning("event failed again", consumer=self._consumer.name, position=position, error=repr(error))
                failed += 1
        return done, failed

    async def _unpark(self, tx: Transaction, position: Position) -> None:
        epoch, seq = position
        await tx.execute(
            "DELETE FROM parked_events WHERE consumer = ? AND epoch = ? AND seq = ?", self._consumer.name, epoch, seq
        )
        for found, event in await self._eventlog.after((epoch, seq - 1), 1):
            if found == position:
                await self._call(tx, event)

    @asynccontextmanager
    async def _moving_to(self, position: Position) -> AsyncGenerator[Transaction]:
        """A transaction that moves the cursor too, if it stands where we left it. Raises Moved."""
        async with self._database.transaction() as tx:
            cursor = await tx.row("SELECT epoch, seq FROM cursors WHERE consumer = ? FOR UPDATE", self._consumer.name)
            if cursor is not None and tuple(cursor) != self._saved:
                raise Moved
            yield tx
            await save_position(tx, self._consumer.name, position)
        self.position = self._saved = position

    async def _call(self, tx: Transaction, *events: Event) -> None:
        if self._consumer.together:
            await self._consumer.together(self._server, tx, events)
            return
        for event in events:
            for handler in self._consumer.handlers.get(type(event), ()):
                await handler(self._server, tx, event)


async def saved_position(database: Database, consumer: str) -> Position | None:
    row = await database.row("SELECT epoch, seq FROM cursors WHERE consumer = ?", consumer)
    return (row[0], row[1]) if row else None


async def parked_positions(database: Database, consumer: str) -> list[Position]:
    """Where the events that a consumer could not handle stand in the log; at most a thousand."""
    rows = await database.rows(
        "SELECT epoch, seq FROM parked_events WHERE consumer = ? ORDER BY epoch, seq LIMIT 1000", consumer
    )
    return [(epoch, seq) for epoch, seq in rows]


@dataclass(frozen=True, slots=True)
class Backlog:
    """How far a consumer is behind the log, at most, and how many events it gave up for now."""

    name: str
    behind: int
    parked: int


async def list_backlogs(database: Database, progress: Progress) -> list[Backlog]:
    """Of every consumer that ever ran here; what runs in this process knows its place better than its saved cursor."""
    newest = await database.newest_position()
    saved = dict[str, int](await database.rows("SELECT consumer, seq FROM cursors"))  # type: ignore[arg-type]  # rows are tuples of any length
    saved |= {name: follower.position[1] for name, follower in progress.consumers.items() if follower.position[1]}
    parked = dict[str, int](await database.rows("SELECT consumer, count(*) FROM parked_events GROUP BY consumer"))  # type: ignore[arg-type]  # rows are tuples of any length
    return [Backlog(name, max(newest[1] - seq, 0), parked.get(name, 0)) for name, seq in sorted(saved.items())]


@dataclass(frozen=True, slots=True)
class ParkedEvent:
    """An event that a consumer gave up for now, and why."""

    consumer: str
    seq: int
    name: str
    error: str


async def list_parked(database: Database) -> list[ParkedEvent]:
    """Oldest first, at most two hundred."""
    rows = await database.rows(
        "SELECT consumer, seq, name, error FROM parked_events ORDER BY consumer, epoch, seq LIMIT 200"
    )
    return [ParkedEvent(*row) for row in rows]


async def save_position(tx: Transaction, consumer: str, position: Position) -> None:
    await tx.execute(
        "INSERT INTO cursors (consumer, epoch, seq) VALUES (?, ?, ?) "
        "ON CONFLICT (consumer) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq",
        consumer, *position,
    )  # fmt: skip


async def replay(database: Database, consumer: Consumer) -> None:
    """Empty a projection and set its cursor to the beginning; the running server refills it.

    Raises ValueError for a consumer without one: its work would be done twice.
    """
    if not consumer.projection:
        raise ValueError(f"{consumer.name} is no projection")
    async with database.transaction() as tx:
        for table in consumer.projection:
            await tx.execute(f"DELETE FROM {table}")
        await tx.execute("DELETE FROM parked_events WHERE consumer = ?", consumer.name)
        await save_position(tx, consumer.name, (0, 0))

"""The event log: nothing lost, one order, heard before the writer is answered."""

import asyncio
import random
from collections.abc import AsyncGenerator

import msgspec
import pytest

from mesange.kit.db import Database, Position, Transaction, open_database
from mesange.kit.errors import Invalid
from mesange.kit.event import Event
from mesange.kit.eventlog import EventLog, Unreadable
from mesange.kit.settings import Settings


class BirdSeen(Event, frozen=True):
    bird_id: int


class NestBuilt(Event, frozen=True):
    nest_id: int
    bird_ids: tuple[int, ...] = ()


KINDS = (BirdSeen, NestBuilt)


@pytest.fixture
def log(numbers: Database) -> EventLog:
    return EventLog(numbers, KINDS)


def hear(log: EventLog) -> list[Event]:
    """What the log tells from now on."""
    heard: list[Event] = []

    async def listen(server: object, event: Event) -> None:
        heard.append(event)

    log.listen(None, {kind: [listen] for kind in KINDS})
    return heard


async def emit(db: Database, *events: Event) -> None:
    async with db.transaction() as tx:
        for event in events:
            tx.emit(event)


@pytest.fixture
async def neighbour(numbers: Database, settings: Settings) -> AsyncGenerator[Database]:
    """Another process on the same database."""
    database = open_database(settings)
    await database.open()
    EventLog(database, KINDS)
    yield database
    await database.close()


async def test_events_are_heard_in_order_before_the_writer_is_answered(numbers: Database, log: EventLog) -> None:
    heard = hear(log)
    for id in range(3):
        await emit(numbers, BirdSeen(id), NestBuilt(id, (1, 2)))
        assert heard[-1] == NestBuilt(id, (1, 2))
    assert [event for _, event in await log.after((0, 0))] == heard


async def test_an_undone_body_tells_nothing(numbers: Database, log: EventLog) -> None:
    heard = hear(log)

    async def write_and_fail() -> None:
        async with numbers.transaction() as tx:
            tx.emit(BirdSeen(1))
            raise Invalid

    with pytest.raises(Invalid):
        await write_and_fail()
    assert (heard, await log.after((0, 0))) == ([], [])


async def test_each_of_many_writers_has_been_heard_when_it_is_answered(numbers: Database, log: EventLog) -> None:
    heard = hear(log)

    async def write(id: int) -> None:
        async with numbers.transaction() as tx:
            await tx.execute("INSERT INTO numbers (id, name) VALUES (?, ?)", id, f"n{id}")
            await asyncio.sleep(random.random() / 500)
            tx.emit(BirdSeen(id))
        assert BirdSeen(id) in heard

    await asyncio.gather(*(write(id) for id in range(60)))

    positions = [position for position, _ in await log.after((0, 0))]
    assert len(heard) == 60
    assert positions == sorted(set(positions))


async def test_what_another_process_committed_is_heard_in_its_place(
    numbers: Database, log: EventLog, neighbour: Database
) -> None:
    heard = hear(log)
    await emit(numbers, BirdSeen(1))
    await emit(neighbour, BirdSeen(2), BirdSeen(3))
    await emit(numbers, BirdSeen(4))
    await emit(neighbour, BirdSeen(5))
    await log.catch_up()
    await log.catch_up()
    assert heard == [BirdSeen(id) for id in range(1, 6)]


async def test_a_server_that_starts_tells_nothing_old(numbers: Database, log: EventLog, neighbour: Database) -> None:
    await emit(neighbour, BirdSeen(1))
    await log.start()
    heard = hear(log)
    await emit(numbers, BirdSeen(2))
    assert heard == [BirdSeen(2)]
    assert [event for _, event in await log.after((0, 0))] == [BirdSeen(1), BirdSeen(2)]


async def test_a_listener_that_fails_holds_up_nobody(numbers: Database, log: EventLog) -> None:
    async def fail(server: object, event: Event) -> None:
        raise RuntimeError("a listener's fault")

    log.listen(None, {BirdSeen: [fail]})
    heard = hear(log)
    await emit(numbers, BirdSeen(1), BirdSeen(2))
    assert heard == [BirdSeen(1), BirdSeen(2)]


async def test_reading_after_a_cursor_goes_on_where_it_ended_from_memory_or_the_table(
    numbers: Database, log: EventLog
) -> None:
    await emit(numbers, *(BirdSeen(id) for id in range(10)))
    for reader in (log, EventLog(numbers, KINDS)):
        position: Position = (0, 0)
        read: list[Event] = []
        while batch := await reader.after(position, 3):
            read += [event for _, event in batch]
            position = batch[-1][0]
        assert read == [BirdSeen(id) for id in range(10)]


async def test_an_event_stored_before_a_field_was_added_is_read_with_its_default(
    numbers: Database, log: EventLog
) -> None:
    numbers.encode_event = msgspec.msgpack.Encoder().encode
    await emit(numbers, ("NestBuilt", 7))  # type: ignore[arg-type]
    assert [event for _, event in await log.after((0, 0))] == [NestBuilt(7, ())]


async def test_an_event_nobody_knows_any_more_is_passed_by(numbers: Database, log: EventLog) -> None:
    heard = hear(log)
    numbers.encode_event = msgspec.msgpack.Encoder().encode
    await emit(numbers, ("EggStolen", 7), BirdSeen(8))  # type: ignore[arg-type]
    assert heard == [BirdSeen(8)]
    assert [type(event) for _, event in await EventLog(numbers, KINDS).after((0, 0))] == [Unreadable, BirdSeen]


# The trap of engines with many writers: two transactions end in another order than their events were numbered.


@pytest.fixture
def many_writers(engine: str) -> None:
    if engine == "sqlite":
        pytest.skip("SQLite has one writer: no gap in the order of its events")


async def append(tx: Transaction, id: int) -> None:
    """Number an event now, not at the commit."""
    data = msgspec.msgpack.encode(BirdSeen(id))
    await tx.execute("INSERT INTO events (epoch, data) VALUES (pg_current_xact_id()::text::bigint, ?)", data)


async def take_number(tx: Transaction) -> None:
    await tx.value("SELECT pg_current_xact_id()::text")


@pytest.mark.usefixtures("many_writers")
async def test_the_trap_is_real_and_our_reader_does_not_step_into_it(numbers: Database, log: EventLog) -> None:
    heard = hear(log)
    async with numbers.transaction() as first:
        await append(first, 1)
        async with numbers.transaction() as second:
            await append(second, 2)
        naive = await numbers.rows("SELECT seq, data FROM events ORDER BY seq")
        assert [msgspec.msgpack.decode(data)[1] for _, data in naive] == [2]
        await log.catch_up()
        assert heard == []
    assert await numbers.rows("SELECT seq FROM events WHERE seq > ?", naive[-1][0]) == [], "1 is lost to this reader"
    await log.catch_up()
    assert heard == [BirdSeen(1), BirdSeen(2)]
    await log.catch_up()
    assert len(heard) == 2


@pytest.mark.usefixtures("many_writers")
async def test_the_older_transaction_comes_first_though_it_ends_later_with_a_higher_number(
    numbers: Database, log: EventLog
) -> None:
    heard = hear(log)
    async with numbers.transaction() as older:
        await take_number(older)
        async with numbers.transaction() as younger:
            await append(younger, 1)
        await append(older, 2)
        await log.catch_up()
        assert heard == []
    await log.catch_up()
    assert heard == [BirdSeen(2), BirdSeen(1)]


@pytest.mark.usefixtures("many_writers")
async def test_an_older_transaction_that_is_undone_holds_up_nothing_after_it(numbers: Database, log: EventLog) -> None:
    heard = hear(log)

    async def write_and_fail() -> None:
        async with numbers.transaction() as older:
            await append(older, 1)
            async with numbers.transaction() as younger:
                await append(younger, 2)
            raise Invalid

    with pytest.raises(Invalid):
        await write_and_fail()
    await log.catch_up()
    assert heard == [BirdSeen(2)]


@pytest.mark.usefixtures("many_writers")
async def test_a_reader_beside_many_writers_reads_each_event_once_in_order(numbers: Database) -> None:
    """Each writer numbers its events when it likes and ends when it likes."""
    dice = random.Random(7)
    log = EventLog(numbers, KINDS)

    async def write(first: int) -> None:
        for id in range(first, first + 20):
            async with numbers.transaction() as tx:
                await asyncio.sleep(dice.random() / 300)
                await append(tx, id)
                await asyncio.sleep(dice.random() / 300)

    writing = asyncio.gather(*(write(100 * writer) for writer in range(6)))
    position: Position = (0, 0)
    read: list[int] = []
    while not writing.done() or await log.after(position):
        batch = await log.after(position, 7)
        read += [event.bird_id for _, event in batch if isinstance(event, BirdSeen)]
        position = batch[-1][0] if batch else position
        await asyncio.sleep(0.001)
    await writing

    assert sorted(read) == [100 * writer + id for writer in range(6) for id in range(20)]
    for writer in range(6):
        own = [id for id in read if id // 100 == writer]
        assert own == sorted(own)

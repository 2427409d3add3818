"""Durable consumers: each event has its effect once, whatever breaks, and the line moves on."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from mesange.kit import consumers
from mesange.kit.consumers import Consumer, ConsumerRunner, replay, saved_position
from mesange.kit.db import Database, Transaction, open_database
from mesange.kit.errors import Unavailable
from mesange.kit.event import Event
from mesange.kit.eventlog import EventLog
from mesange.kit.settings import Settings
from tests.costs import watched_loop


class Counted(Event, frozen=True):
    number: int


class Ignored(Event, frozen=True):
    number: int


KINDS = (Counted, Ignored)


class Trouble:
    """What goes wrong on purpose, by number; one entry is one failure."""

    def __init__(self) -> None:
        self.faults: dict[int, list[BaseException]] = {}
        self.calls: list[int] = []

    async def handle(self, tx: Transaction, event: Counted) -> None:
        """Adds the number to the sum, each time it is called."""
        self.calls.append(event.number)
        await tx.execute(
            "INSERT INTO numbers (id, name, square) VALUES (?, ?, 1) "
            "ON CONFLICT (id) DO UPDATE SET square = numbers.square + 1",
            event.number,
            f"n{event.number}",
        )
        if faults := self.faults.get(event.number):
            raise faults.pop(0)


async def on_counted(trouble: Trouble, tx: Transaction, event: Counted) -> None:
    await trouble.handle(tx, event)


COUNTING = Consumer("counting", {Counted: [on_counted]}, projection=("numbers",))


@pytest.fixture
def trouble() -> Trouble:
    return Trouble()


@pytest.fixture
async def log(numbers: Database) -> EventLog:
    log = EventLog(numbers, KINDS)
    await log.start()
    return log


@pytest.fixture
def runner(numbers: Database, log: EventLog, trouble: Trouble) -> ConsumerRunner:
    return ConsumerRunner(trouble, numbers, log, COUNTING)


async def emit(db: Database, *events: Event) -> None:
    async with db.transaction() as tx:
        for event in events:
            tx.emit(event)


async def run_through(runner: ConsumerRunner) -> None:
    while await runner.step():
        pass


async def effects(db: Database) -> dict[int, int]:
    """How often each number had its effect."""
    return dict(await db.rows("SELECT id, square FROM numbers"))  # type: ignore[arg-type]


async def parked(db: Database) -> list[str]:
    return [error for (error,) in await db.rows("SELECT error FROM parked_events ORDER BY seq")]


async def test_each_event_has_its_effect_once(numbers: Database, runner: ConsumerRunner) -> None:
    await emit(numbers, *(Counted(id) for id in range(250)), Ignored(1))
    await run_through(runner)
    await run_through(runner)
    assert await effects(numbers) == dict.fromkeys(range(250), 1)


async def test_a_runner_that_dies_in_the_middle_of_a_batch_leaves_nothing_done_twice(
    numbers: Database, log: EventLog, runner: ConsumerRunner, trouble: Trouble
) -> None:
    await emit(numbers, *(Counted(id) for id in range(10)))
    trouble.faults = {5: [asyncio.CancelledError()]}
    with pytest.raises(asyncio.CancelledError):
        await runner.step()
    assert await effects(numbers) == {}

    await run_through(ConsumerRunner(trouble, numbers, log, COUNTING))

    assert await effects(numbers) == dict.fromkeys(range(10), 1)


async def test_a_fault_that_passes_is_tried_again(numbers: Database, runner: ConsumerRunner, trouble: Trouble) -> None:
    await emit(numbers, Counted(1), Counted(2), Counted(3))
    trouble.faults = {2: [RuntimeError("in the batch"), RuntimeError("alone")]}
    await run_through(runner)
    assert await effects(numbers) == {1: 1, 2: 1, 3: 1}
    assert await parked(numbers) == []


async def test_g10_an_event_that_keeps_failing_is_parked_with_its_reason_and_the_line_moves_on(
    numbers: Database, runner: ConsumerRunner, trouble: Trouble
) -> None:
    await emit(numbers, Counted(1), Counted(2), Counted(3))
    trouble.faults = {2: [RuntimeError("broken") for _ in range(9)]}
    await run_through(runner)
    await emit(numbers, Counted(4))
    await run_through(runner)
    assert await effects(numbers) == {1: 1, 3: 1, 4: 1}
    assert await parked(numbers) == ["RuntimeError('broken')"]


async def test_a_database_that_does_not_answer_parks_nothing_and_doubles_nothing(
    numbers: Database, runner: ConsumerRunner, trouble: Trouble
) -> None:
    """Also when part of a batch was handled event by event before it went away."""
    await emit(numbers, Counted(1), Counted(2), Counted(3))
    trouble.faults = {2: [RuntimeError("one by one"), Unavailable(), Unavailable()]}
    for _ in range(2):
        with pytest.raises(Unavailable):
            await runner.step()
    await run_through(runner)
    assert await effects(numbers) == {1: 1, 2: 1, 3: 1}
    assert await parked(numbers) == []


async def test_a_replay_fills_a_projection_again_while_the_server_runs(
    numbers: Database, runner: ConsumerRunner, trouble: Trouble
) -> None:
    await emit(numbers, Counted(1), Counted(2))
    trouble.faults = {2: [RuntimeError("a bug")] * 4}
    await run_through(runner)
    assert (await effects(numbers), len(await parked(numbers))) == ({1: 1}, 1)

    await replay(numbers, COUNTING)

    assert (await effects(numbers), await parked(numbers)) == ({}, [])
    await run_through(runner)
    await emit(numbers, Counted(3))
    await run_through(runner)
    assert await effects(numbers) == {1: 1, 2: 1, 3: 1}


@pytest.fixture
async def neighbour(numbers: Database, settings: Settings, trouble: Trouble) -> AsyncGenerator[ConsumerRunner]:
    """The same consumer in another server."""
    database = open_database(settings)
    await database.open()
    log = EventLog(database, KINDS)
    yield ConsumerRunner(trouble, database, log, COUNTING)
    await database.close()


async def test_two_servers_share_the_work_and_no_effect_is_doubled(
    numbers: Database, runner: ConsumerRunner, neighbour: ConsumerRunner
) -> None:
    for first in range(0, 100, 10):
        await emit(numbers, *(Counted(id) for id in range(first, first + 10)))
        await asyncio.gather(runner.step(), neighbour.step())
    await run_through(neighbour)
    await run_through(runner)
    assert await effects(numbers) == dict.fromkeys(range(100), 1)


async def test_events_of_no_concern_move_the_cursor_now_and_then(
    numbers: Database, runner: ConsumerRunner, log: EventLog
) -> None:
    for _ in range(4):
        await emit(numbers, *(Ignored(id) for id in range(consumers.SAVE_CURSOR_EVERY // 4)))
    await run_through(runner)
    assert await saved_position(numbers, "counting") == runner.position == log.head


async def test_a_running_consumer_wakes_at_a_commit_and_outlives_what_it_could_not_foresee(
    numbers: Database, runner: ConsumerRunner, trouble: Trouble
) -> None:
    running = asyncio.ensure_future(runner.run())
    await emit(numbers, Counted(1))
    while await effects(numbers) != {1: 1}:
        await asyncio.sleep(0.005)
    await emit(numbers, Counted(2))
    async with watched_loop() as watch, asyncio.timeout(60):
        while await effects(numbers) != {1: 1, 2: 1}:
            await asyncio.sleep(0.005)
    assert watch.waited < 0.5
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_parked_events_are_tried_again_once_and_only_they(
    numbers: Database, runner: ConsumerRunner, trouble: Trouble
) -> None:
    trouble.faults = {2: [ValueError("no")] * (2 + consumers.ATTEMPTS)}
    await emit(numbers, Counted(1), Counted(2), Counted(3))
    await run_through(runner)
    assert await runner.retry_parked() == (0, 1)
    assert await runner.retry_parked() == (1, 0)
    assert await runner.retry_parked() == (0, 0)
    assert await effects(numbers) == {1: 1, 2: 1, 3: 1}

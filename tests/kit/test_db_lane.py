"""SQLite's single file of writers: one flush for many, each answered after it, nobody waiting for ever."""

import asyncio
import os
import resource
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import apsw
import pytest

from mesange.kit.db import Emitted
from mesange.kit.db.lane import GROUP_SIZE, WAITING_WRITERS
from mesange.kit.db.sqlite import SqliteDatabase
from mesange.kit.errors import Invalid, Unavailable
from tests.server import PATIENCE

BEHIND_OTHER_PROCESS = """
import apsw, sys
connection = apsw.Connection(sys.argv[1])
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
"""


@pytest.fixture
async def db(folder: Path) -> AsyncGenerator[SqliteDatabase]:
    """As patient as a busy machine wants."""
    db = SqliteDatabase(folder / "test.sqlite3", wait_seconds=PATIENCE)
    await db.open()
    async with db.transaction() as tx:
        await tx.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY, text TEXT)")
        await tx.execute("CREATE TABLE events (seq INTEGER PRIMARY KEY AUTOINCREMENT, epoch BIGINT, data BLOB)")
    yield db
    await db.close()


@pytest.fixture
async def hasty(db: SqliteDatabase) -> AsyncGenerator[SqliteDatabase]:
    """The same file, by somebody who is patient for a third of a second only."""
    hasty = SqliteDatabase(db.path, wait_seconds=0.3)
    await hasty.open()
    yield hasty
    await hasty.close()


async def write(db: SqliteDatabase, id: int, text: str = "") -> None:
    async with db.transaction() as tx:
        await tx.execute("INSERT INTO numbers (id, text) VALUES (?, ?)", id, text)


async def tried(db: SqliteDatabase, id: int, text: str) -> int:
    """The HTTP status that a request would get."""
    try:
        await write(db, id, text)
    except Unavailable as refusal:
        return refusal.http_status if refusal.retry_after else 500
    return 200


async def count(db: SqliteDatabase) -> int:
    return await db.value("SELECT count(*) FROM numbers")


def elsewhere(db: SqliteDatabase) -> apsw.Connection:
    """Another connection on the same file, which does not wait."""
    return apsw.Connection(str(db.path))


async def test_many_writers_share_a_few_commits(db: SqliteDatabase) -> None:
    groups: list[int] = []

    async def note(emitted: list[Emitted]) -> None:
        groups.append(len(emitted))

    db.encode_event, db.after_commit = str.encode, note

    async def write_event(id: int) -> None:
        async with db.transaction() as tx:
            await tx.execute("INSERT INTO numbers (id) VALUES (?)", id)
            tx.emit("written")

    await asyncio.gather(*(write_event(id) for id in range(500)))

    assert (sum(groups), await count(db)) == (500, 500)
    assert len(groups) <= 500 // GROUP_SIZE + 3


async def test_a_writer_is_answered_when_its_row_is_in_the_file(db: SqliteDatabase) -> None:
    other = elsewhere(db)

    async def write_and_look(id: int) -> bool:
        await write(db, id)
        return other.execute("SELECT 1 FROM numbers WHERE id = ?", (id,)).fetchall() == [(1,)]

    assert all(await asyncio.gather(*(write_and_look(id) for id in range(200))))


async def test_events_are_told_before_the_writer_is_answered(db: SqliteDatabase) -> None:
    told: list[bytes] = []

    async def tell(emitted: list[Emitted]) -> None:
        await asyncio.sleep(0.01)
        told.extend(data for _, data in emitted)

    db.encode_event, db.after_commit = str.encode, tell
    async with db.transaction() as tx:
        tx.emit("it")
    assert told == [b"it"]


async def test_a_listener_that_fails_takes_nothing_from_the_writer(db: SqliteDatabase) -> None:
    async def fail(emitted: list[Emitted]) -> None:
        raise RuntimeError("a listener's fault")

    db.encode_event, db.after_commit = str.encode, fail
    for id in range(2):
        async with db.transaction() as tx:
            await tx.execute("INSERT INTO numbers (id) VALUES (?)", id)
            tx.emit("it")
    assert await count(db) == 2


@contextmanager
def no_file_may_grow() -> Generator[None]:
    """Writing beyond a file's present end fails in this process, as on a full disk."""
    limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))


async def test_a_commit_that_fails_refuses_its_whole_group_and_the_next_one_succeeds(db: SqliteDatabase) -> None:
    await write(db, 0)
    with no_file_may_grow():
        results = await asyncio.gather(*(write(db, id) for id in range(1, 20)), return_exceptions=True)
        assert [type(result) for result in results] == [Unavailable] * 19
        assert await count(db) == 1, "reads go on"
    await asyncio.gather(*(write(db, id) for id in range(1, 20)))
    assert await count(db) == 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    """A disk of 400 kB."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk needs root and the right to mount")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


async def test_a_full_disk_refuses_writes_serves_reads_and_recovers_alone(small_disk: Path) -> None:
    db = SqliteDatabase(small_disk / "test.sqlite3")
    await db.open()
    async with db.transaction() as tx:
        await tx.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY, text TEXT)")
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 150_000)

    results = [await tried(db, id, "x" * 20_000) for id in range(20)]

    kept = results.index(503)
    assert results == [200] * kept + [503] * (20 - kept)
    assert await count(db) == kept, "reads go on"
    ballast.unlink()
    await write(db, 1000, "x" * 5_000)
    assert await count(db) == kept + 1
    await db.close()


async def test_a_writer_cancelled_while_it_waits_does_not_hold_the_lane(db: SqliteDatabase) -> None:
    inside, leave = asyncio.Event(), asyncio.Event()

    async def occupy() -> None:
        async with db.transaction():
            inside.set()
            await leave.wait()

    occupant = asyncio.ensure_future(occupy())
    await inside.wait()
    waiters = [asyncio.ensure_future(write(db, id)) for id in range(9)]
    await asyncio.sleep(0)
    for waiter in waiters[::2]:
        waiter.cancel()
    leave.set()
    results = await asyncio.gather(occupant, *waiters, return_exceptions=True)

    assert [type(result) for result in results[1::2]] == [asyncio.CancelledError] * 5
    assert await count(db) == 4
    await write(db, 100)


async def test_a_writer_cancelled_at_its_turn_passes_it_on(db: SqliteDatabase) -> None:
    inside, leave = asyncio.Event(), asyncio.Event()

    async def occupy() -> None:
        async with db.transaction():
            inside.set()
            await leave.wait()
            second.cancel()

    occupant = asyncio.ensure_future(occupy())
    await inside.wait()
    first, second, third = (asyncio.ensure_future(write(db, id)) for id in range(3))
    await asyncio.sleep(0)
    leave.set()
    await asyncio.gather(occupant, first, second, third, return_exceptions=True)
    assert await count(db) == 2


async def test_a_writer_cancelled_after_its_body_leaves_a_whole_row(db: SqliteDatabase) -> None:
    writer = asyncio.ensure_future(write(db, 1))
    await asyncio.sleep(0)
    writer.cancel()
    await write(db, 2)
    assert await count(db) == 2


@asynccontextmanager
async def occupied(db: SqliteDatabase) -> AsyncGenerator[None]:
    """Within, somebody writes and does not end."""
    inside, leave = asyncio.Event(), asyncio.Event()

    async def occupy() -> None:
        async with db.transaction():
            inside.set()
            await leave.wait()

    occupant = asyncio.ensure_future(occupy())
    await inside.wait()
    yield
    leave.set()
    await occupant


async def test_beyond_the_most_waiting_writers_one_is_refused_at_once(db: SqliteDatabase) -> None:
    async with occupied(db):
        waiters = [asyncio.ensure_future(write(db, id)) for id in range(WAITING_WRITERS)]
        await asyncio.sleep(0)
        with pytest.raises(Unavailable):
            await write(db, -1)
        assert not any(waiter.done() for waiter in waiters)
    await asyncio.gather(*waiters)
    await write(db, -1)


async def test_no_writer_waits_for_ever(hasty: SqliteDatabase) -> None:
    async with occupied(hasty):
        results = await asyncio.gather(*(write(hasty, id) for id in range(9)), return_exceptions=True)
        assert {type(result) for result in results} == {Unavailable}, "their patience ended"
    await write(hasty, 0)


async def test_a_body_that_failed_alone_leaves_the_file_to_other_processes(db: SqliteDatabase) -> None:
    with pytest.raises(Invalid):
        async with db.transaction():
            raise Invalid
    other = elsewhere(db)
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO numbers (id) VALUES (7)")
    other.execute("COMMIT")
    assert await count(db) == 1


async def test_a_writer_waits_for_another_process_for_a_moment(db: SqliteDatabase, hasty: SqliteDatabase) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", BEHIND_OTHER_PROCESS, str(db.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdin and holder.stdout
    holder.stdout.readline()

    with pytest.raises(Unavailable):
        await write(hasty, 1)
    writer = asyncio.ensure_future(write(db, 2))
    await asyncio.sleep(0.05)
    assert not writer.done()
    holder.stdin.close()
    await writer
    holder.wait()

    assert await db.rows("SELECT id FROM numbers") == [(2,)]


async def test_a_read_that_would_take_for_ever_is_ended(db: SqliteDatabase) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(Unavailable):
        await db.value(endless)

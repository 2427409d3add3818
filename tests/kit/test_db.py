"""The database's promises, the same on both engines."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

import pytest

from mesange.kit.db import Database, Duplicate, Transaction, Unstorable
from mesange.kit.db.table import Table
from mesange.kit.errors import Invalid

INSERT = "INSERT INTO numbers (id, name, square) VALUES (?, ?, ?)"


async def add(db: Database, *ids: int) -> None:
    async with db.transaction() as tx:
        for id in ids:
            await tx.execute(INSERT, id, f"number {id}", id * id)


async def ids_in(db: Database) -> list[int]:
    return [id for (id,) in await db.rows("SELECT id FROM numbers ORDER BY id")]


async def test_a_transaction_sees_its_own_writes_and_nobody_else_does_before_its_end(numbers: Database) -> None:
    async with numbers.transaction() as tx:
        await tx.execute(INSERT, 1, "one", 1)
        assert await tx.value("SELECT square FROM numbers WHERE id = ?", 1) == 1
        assert await numbers.value("SELECT square FROM numbers WHERE id = ?", 1) is None
    assert await numbers.row("SELECT id, name, square FROM numbers") == (1, "one", 1)


async def test_a_body_that_fails_is_undone_alone(numbers: Database) -> None:
    async def write(id: int) -> None:
        async with numbers.transaction() as tx:
            await tx.execute(INSERT, id, f"number {id}", None)
            if id % 3 == 0:
                raise Invalid

    results = await asyncio.gather(*(write(id) for id in range(60)), return_exceptions=True)

    assert [id for id, result in enumerate(results) if isinstance(result, Invalid)] == list(range(0, 60, 3))
    assert await ids_in(numbers) == [id for id in range(60) if id % 3]


async def test_a_writer_cancelled_in_its_body_leaves_nothing_and_holds_nobody_up(numbers: Database) -> None:
    inside = asyncio.Event()

    async def write_and_wait() -> None:
        async with numbers.transaction() as tx:
            await tx.execute(INSERT, 1, "one", 1)
            inside.set()
            await asyncio.sleep(60)

    writer = asyncio.ensure_future(write_and_wait())
    await inside.wait()
    writer.cancel()
    await add(numbers, 2)

    assert await ids_in(numbers) == [2]


async def test_a_second_row_of_the_same_unique_value_is_a_duplicate(numbers: Database) -> None:
    await add(numbers, 1)
    for id, name in ((1, "another"), (2, "number 1")):
        with pytest.raises(Duplicate) as refusal:
            async with numbers.transaction() as tx:
                await tx.execute(INSERT, id, name, None)
        assert refusal.value.http_status == 409
    assert await ids_in(numbers) == [1]


async def test_a_missing_value_is_a_fault_and_no_duplicate(numbers: Database) -> None:
    async def write() -> None:
        async with numbers.transaction() as tx:
            await tx.execute(INSERT, 1, None, None)

    with pytest.raises(Exception, match=r"(?i)not.null") as fault:
        await write()
    assert not isinstance(fault.value, Duplicate)


@pytest.mark.parametrize(
    ("condition", "values", "found"),
    [
        ("id = ANY(?)", [[1, 3, 9]], [1, 3]),
        ("id = ANY(?)", [[]], []),
        ("id <> ALL(?)", [[1, 3]], [2, 4]),
        ("id <> ALL(?)", [[]], [1, 2, 3, 4]),
        ("name = ANY(?)", [["number 2", "it's “quoted”"]], [2]),
        ("id > ? AND id = ANY(?) AND id < ?", [1, [1, 2, 3, 4], 4], [2, 3]),
    ],
)
async def test_a_list_is_one_value(numbers: Database, condition: str, values: list, found: list[int]) -> None:
    await add(numbers, 1, 2, 3, 4)
    rows = await numbers.rows(f"SELECT id FROM numbers WHERE {condition} ORDER BY id", *values)
    assert [id for (id,) in rows] == found


async def test_a_statement_says_how_many_rows_it_changed(numbers: Database) -> None:
    await add(numbers, 1, 2, 3)
    async with numbers.transaction() as tx:
        assert await tx.execute("UPDATE numbers SET square = 0 WHERE id > ?", 1) == 2
        assert await tx.execute("DELETE FROM numbers WHERE id = ?", 9) == 0
        assert await tx.execute(f"{INSERT} ON CONFLICT DO NOTHING", 1, "one", 1) == 0
        assert await tx.execute(f"{INSERT} ON CONFLICT DO NOTHING", 9, "nine", 81) == 1


@pytest.mark.parametrize("number", [0, -1, (1 << 63) - 1, -(1 << 63)])
async def test_64_bits_are_kept(numbers: Database, number: int) -> None:
    async with numbers.transaction() as tx:
        await tx.execute(INSERT, 1, "it", number)
    assert await numbers.value("SELECT square FROM numbers") == number


async def test_half_a_surrogate_pair_is_refused_wherever_it_is_sent(numbers: Database) -> None:
    with pytest.raises(Unstorable):
        await numbers.value("SELECT id FROM numbers WHERE name = ?", "\ud83d")
    with pytest.raises(Unstorable):
        async with numbers.transaction() as tx:
            await tx.execute(INSERT, 1, "\ud83d", None)
    await add(numbers, 2)


async def test_a_nul_is_kept_or_refused_and_never_a_fault(numbers: Database) -> None:
    async def write(tx: Transaction) -> None:
        await tx.execute(INSERT, 1, "a\0b", None)

    try:
        async with numbers.transaction() as tx:
            await write(tx)
    except Unstorable:
        assert await ids_in(numbers) == []
    else:
        assert await numbers.value("SELECT name FROM numbers") == "a\0b"


class Colour(StrEnum):
    BLUE = "blue"
    YELLOW = "yellow"


@dataclass(frozen=True)
class Bird:
    id: int
    colour: Colour
    is_ringed: bool
    ring: bytes
    weight: int | None = None


birds = Table("birds", Bird)


async def test_a_noun_comes_back_as_it_was_stored(numbers: Database) -> None:
    async with numbers.transaction() as tx:
        await make_birds(numbers, tx)
        for bird in (Bird(1, Colour.BLUE, True, b"\0\xff"), Bird(2, Colour.YELLOW, False, b"", 11)):
            await tx.insert(birds, bird)
        await tx.update(birds, Bird(2, Colour.BLUE, True, b"r", None))
        rows = await tx.rows(f"SELECT {birds.columns} FROM birds ORDER BY id")

    blue, changed = map(birds.load, rows)

    assert blue == Bird(1, Colour.BLUE, True, b"\0\xff", None)
    assert changed == Bird(2, Colour.BLUE, True, b"r", None)
    assert (type(blue.colour), type(blue.is_ringed)) == (Colour, bool)


async def make_birds(db: Database, tx: Transaction) -> None:
    ring = "BLOB" if db.engine == "sqlite" else "BYTEA"
    await tx.execute(
        "CREATE TABLE birds (id BIGINT PRIMARY KEY, colour TEXT NOT NULL, is_ringed SMALLINT NOT NULL, "
        f"ring {ring} NOT NULL, weight BIGINT)"
    )


async def test_parallel_counters_lose_nothing(numbers: Database) -> None:
    await add(numbers, 0)

    async def count() -> None:
        async with numbers.transaction() as tx:
            await tx.execute("UPDATE numbers SET square = square + 1 WHERE id = 0")

    await asyncio.gather(*(count() for _ in range(100)))
    assert await numbers.value("SELECT square FROM numbers") == 100

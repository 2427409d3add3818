"""PostgreSQL: connections that break or are given up leave nothing behind and come back."""

import asyncio

import pytest

from mesange.kit.db import Database
from mesange.kit.errors import Unavailable


@pytest.fixture(autouse=True)
def only_here(engine: str) -> None:
    if engine == "sqlite":
        pytest.skip("SQLite has no connections to lose")


async def write(db: Database, id: int) -> None:
    async with db.transaction() as tx:
        await tx.execute("INSERT INTO numbers (id, name) VALUES (?, ?)", id, f"n{id}")


async def ids_in(db: Database) -> list[int]:
    return [id for (id,) in await db.rows("SELECT id FROM numbers ORDER BY id")]


async def test_a_transaction_whose_connection_breaks_is_unavailable_and_the_next_one_works(numbers: Database) -> None:
    async def write_and_break() -> None:
        async with numbers.transaction() as tx:
            await tx.execute("INSERT INTO numbers (id, name) VALUES (1, 'one')")
            await numbers.value("SELECT pg_terminate_backend(?)", await tx.value("SELECT pg_backend_pid()"))
            await tx.execute("INSERT INTO numbers (id, name) VALUES (2, 'two')")

    for _ in range(15):
        with pytest.raises(Unavailable):
            await write_and_break()
    await write(numbers, 3)
    assert await ids_in(numbers) == [3]


async def test_a_connection_that_breaks_before_the_commit_writes_nothing(numbers: Database) -> None:
    async def write_and_break() -> None:
        async with numbers.transaction() as tx:
            await tx.execute("INSERT INTO numbers (id, name) VALUES (1, 'one')")
            await numbers.value("SELECT pg_terminate_backend(?)", await tx.value("SELECT pg_backend_pid()"))

    with pytest.raises(Unavailable):
        await write_and_break()
    assert await ids_in(numbers) == []


async def test_writers_given_up_at_any_moment_take_no_connection_along(numbers: Database) -> None:
    """Clients leave whenever they like: while waiting, beginning, writing, committing."""
    for moment in range(40):
        writers = [asyncio.ensure_future(write(numbers, 100 * moment + number)) for number in range(12)]
        await asyncio.sleep(moment / 8_000)
        for writer in writers:
            writer.cancel()
        await asyncio.gather(*writers, return_exceptions=True)
    await asyncio.gather(*(write(numbers, 10_000 + number) for number in range(30)))
    assert len([id for id in await ids_in(numbers) if id >= 10_000]) == 30


async def test_more_writers_than_connections_wait_for_their_turn(numbers: Database) -> None:
    await asyncio.gather(*(write(numbers, number) for number in range(60)))
    assert await ids_in(numbers) == list(range(60))

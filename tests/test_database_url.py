"""Each test has a database of its own, on each engine it is asked to run on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mesange.kit.db import Database, open_database
from mesange.kit.db.migrate import migrate, read_migrations
from mesange.kit.settings import Settings

ADD_MUTE = "INSERT INTO thread_mutes (account_id, thread_id) VALUES (1, 1)"


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    database = open_database(Settings(data=tmp_path, database_url=database_url))
    await database.open()
    await migrate(database, read_migrations("mesange.migrations"))
    yield database
    await database.close()


@pytest.mark.parametrize("_turn", ["first", "second"])
async def test_nothing_is_left_of_another_test(database: Database, _turn: str) -> None:
    found = await database.value("SELECT count(*) FROM thread_mutes")
    async with database.transaction() as tx:
        await tx.execute(ADD_MUTE)

    assert found == 0
    assert await database.value("SELECT count(*) FROM thread_mutes") == 1


async def test_the_engine_is_the_one_asked_for(database: Database, engine: str) -> None:
    assert database.engine.startswith(engine[:6])


async def test_an_empty_database_takes_every_migration(empty_database_url: str, tmp_path: Path) -> None:
    database = open_database(Settings(data=tmp_path, database_url=empty_database_url))
    await database.open()

    ran = await migrate(database, read_migrations("mesange.migrations"))

    assert ran == read_migrations("mesange.migrations")
    assert await migrate(database, ran) == []
    await database.close()

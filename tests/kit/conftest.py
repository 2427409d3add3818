"""What the tests of the ground floor share."""

from collections.abc import AsyncGenerator

import pytest

from mesange.kit.db import Database, open_database
from mesange.kit.settings import Settings
from tests.conftest import EMPTY_EVERY_TABLE
from tests.kit.loopback import Loopback


@pytest.fixture
async def loopback() -> AsyncGenerator[Loopback]:
    """Starts servers that behave as the test wishes, and stops them after it."""
    loopback = Loopback()
    yield loopback
    loopback.close()


@pytest.fixture
async def numbers(settings: Settings) -> AsyncGenerator[Database]:
    """A database with a table `numbers (id, name, square)` besides ours."""
    database = open_database(settings)
    await database.open()
    if settings.database_url:
        await database.rows(EMPTY_EVERY_TABLE)
        await database.rows("DROP TABLE IF EXISTS numbers, birds")
    async with database.transaction() as tx:
        await tx.execute("CREATE TABLE numbers (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, square BIGINT)")
    yield database
    await database.close()

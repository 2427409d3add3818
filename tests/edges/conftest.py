"""A server in this process, on an empty database."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from mesange.kit.db.migrate import migrate, read_migrations
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.main import open_server, start
from tests.edges.reader import Reader, create


@pytest.fixture
async def server(database_url: str, tmp_path: Path) -> AsyncGenerator[Server]:
    settings = Settings(
        data=tmp_path, database_url=database_url, rate_limits="off", sign_up_effort=0, sign_up_seconds=0
    )
    async with open_server(settings) as server:
        await migrate(server.db, read_migrations("mesange.migrations"))
        await start(server)
        yield server


@pytest.fixture
async def reader(server: Server) -> Reader:
    """A visitor."""
    return Reader(server)


@pytest.fixture
async def alma(server: Server) -> Reader:
    """Signed in as alma."""
    await create(server, "alma")
    reader = Reader(server)
    await reader.sign_in("alma")
    return reader


@pytest.fixture
async def leo(server: Server) -> Reader:
    """Signed in as leo, who reads French."""
    await create(server, "leo")
    reader = Reader(server, "fr")
    await reader.sign_in("leo")
    return reader

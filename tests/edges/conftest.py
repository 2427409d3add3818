"""A server in this process, on an empty database, by the clock on the wall."""

from collections.abc import AsyncGenerator

import pytest
from msgspec.structs import replace

from mesange.kit.server import Server
from mesange.kit.settings import Settings
from tests.conftest import started_server
from tests.edges.reader import ORIGIN, Reader, create


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, origin=ORIGIN, sign_up_effort=0, sign_up_seconds=0)


@pytest.fixture
async def server(settings: Settings) -> AsyncGenerator[Server]:
    async with started_server(settings) as server:
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

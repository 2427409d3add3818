"""What the tests of the microblog share."""

from collections.abc import Awaitable, Callable

import pytest

from mesange.core.accounts.model import Viewer
from mesange.kit.consumers import ConsumerRunner
from mesange.kit.server import Server
from mesange.main import CONSUMERS
from tests.core.people import new_viewer


@pytest.fixture
async def ada(server: Server) -> Viewer:
    return await new_viewer(server, "ada")


@pytest.fixture
async def bob(server: Server) -> Viewer:
    return await new_viewer(server, "bob")


@pytest.fixture
async def eve(server: Server) -> Viewer:
    return await new_viewer(server, "eve")


@pytest.fixture
def consume(server: Server) -> Callable[[], Awaitable[None]]:
    """Lets every durable consumer handle what happened so far."""
    runners = [ConsumerRunner(server, server.db, server.eventlog, consumer) for consumer in CONSUMERS]

    async def consume() -> None:
        for runner in runners:
            while await runner.step():
                pass

    return consume

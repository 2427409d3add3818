"""What the tests of link cards share: a site elsewhere, and a server that may visit it."""

from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest

from mesange.core.cards.actions.fetching import fetch_due_cards
from mesange.kit.http import Http
from mesange.kit.server import Server
from tests.core.cards.pages import Site
from tests.kit.loopback import LOOPBACK, Loopback


@pytest.fixture
async def loopback() -> AsyncGenerator[Loopback]:
    loopback = Loopback()
    yield loopback
    loopback.close()


@pytest.fixture
async def site(server: Server, loopback: Loopback) -> Site:
    """Its name leads to the loopback; `inside.example.test` leads where no server of ours may go."""
    site = Site()
    await site.open(loopback)

    async def resolve(host: str) -> list[str]:
        return ["10.0.0.7"] if host == "inside.example.test" else ["127.0.0.1"]

    server.http = Http("https://here.example", allowed_addresses=LOOPBACK, resolve=resolve, read_seconds=2)
    return site


@pytest.fixture
def preview(server: Server, consume: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Lets the consumers note the links of what was published, and the job ask the pages."""

    async def preview() -> None:
        await consume()
        await fetch_due_cards(server)

    return preview

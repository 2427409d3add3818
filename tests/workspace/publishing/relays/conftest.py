"""What the tests of relays and links share: an organization with an account and its editor, and a blog elsewhere."""

from collections.abc import AsyncGenerator

import pytest

from mesange.core.accounts.model import Account, Viewer
from mesange.core.teams.actions import create_organization
from mesange.core.teams.model import Organization, Role
from mesange.kit.clock import DAY, FixedClock
from mesange.kit.http import Http
from mesange.kit.server import Server
from tests.core.people import new_user, organization_account
from tests.kit.loopback import LOOPBACK, Loopback
from tests.workspace.publishing.relays.blogs import Blog, member


@pytest.fixture
async def loopback() -> AsyncGenerator[Loopback]:
    loopback = Loopback()
    yield loopback
    loopback.close()


@pytest.fixture
async def blog(server: Server, loopback: Loopback, clock: FixedClock) -> Blog:
    """With three items of the last days; every name but `inside.example.test` leads to it."""

    async def resolve(host: str) -> list[str]:
        return ["10.0.0.7"] if host == "inside.example.test" else ["127.0.0.1"]

    server.http = Http("https://here.example", allowed_addresses=LOOPBACK, resolve=resolve)
    blog = await Blog().open(loopback)
    for number in (3, 2, 1):
        blog.write(f"old-{number}", f"An older item {number}", clock.now() - number * DAY)
    return blog


@pytest.fixture
async def organization(server: Server) -> Organization:
    return await create_organization(server, "Kindy", (await new_user(server, "owner@example.org")).id)


@pytest.fixture
async def kindy(server: Server, organization: Organization) -> Account:
    return await organization_account(server, "kindy", organization.id)


@pytest.fixture
async def editor(server: Server, organization: Organization, kindy: Account) -> Viewer:
    return await member(server, organization, kindy, Role.EDITOR)

"""What the tests of professional rooms share: an organization, its accounts, its members."""

from collections.abc import Awaitable, Callable

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.teams.actions import add_member, create_organization
from mesange.core.teams.model import Organization, Role
from mesange.kit.consumers import ConsumerRunner
from mesange.kit.server import Server
from mesange.main import CONSUMERS
from tests.core.people import new_user, organization_account


class Team:
    """An organization with accounts and members, each by name."""

    def __init__(self, server: Server, organization: Organization, owner_id: int) -> None:
        self.server = server
        self.organization = organization
        self.accounts: dict[str, int] = {}
        self.users = {"owner": owner_id}

    async def account(self, name: str) -> int:
        if name not in self.accounts:
            username = f"{name}_{self.organization.name}".lower()
            made = await organization_account(self.server, username, self.organization.id)
            self.accounts[name] = made.id
        return self.accounts[name]

    async def member(self, name: str, role: Role, account: str = "") -> Viewer:
        """A colleague, who acts as the account `brand` unless they are let in for another one only."""
        user = await new_user(self.server, f"{name}@{self.organization.name}.example".lower().replace(" ", ""))
        self.users[name] = user.id
        only = await self.account(account) if account else None
        await add_member(self.server, self.organization.id, user.id, role, only)
        return Viewer(account_id=only or await self.account("brand"), user_id=user.id)


async def new_team(server: Server, name: str) -> Team:
    owner = await new_user(server, f"owner@{name}.example".lower())
    return Team(server, await create_organization(server, name, owner.id), owner.id)


@pytest.fixture
async def team(server: Server) -> Team:
    return await new_team(server, "Dell")


@pytest.fixture
async def editor(team: Team) -> Viewer:
    return await team.member("editor", Role.EDITOR)


@pytest.fixture
async def chief(team: Team) -> Viewer:
    return await team.member("chief", Role.ADMIN)


@pytest.fixture
async def writer(team: Team) -> Viewer:
    return await team.member("writer", Role.CONTRIBUTOR)


@pytest.fixture
def consume(server: Server) -> Callable[[], Awaitable[None]]:
    """Lets every durable consumer handle what happened so far."""
    runners = [ConsumerRunner(server, server.db, server.eventlog, consumer) for consumer in CONSUMERS]

    async def consume() -> None:
        for runner in runners:
            while await runner.step():
                pass

    return consume

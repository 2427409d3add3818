"""An organization with its owner, an account, and members as they are needed."""

from collections.abc import Awaitable, Callable

import pytest

from mesange.core.accounts.model import Account, Viewer
from mesange.core.teams.actions import add_member, create_organization
from mesange.core.teams.model import By, Organization, Role
from mesange.kit.server import Server
from tests.core.people import new_user, new_viewer, organization_account

Hire = Callable[..., Awaitable[Viewer]]


@pytest.fixture
async def boss(server: Server) -> Viewer:
    """The owner, as their own account."""
    return await new_viewer(server, "boss")


@pytest.fixture
def by(boss: Viewer) -> By:
    return By(boss.user_id)


@pytest.fixture
async def organization(server: Server, boss: Viewer) -> Organization:
    return await create_organization(server, "Maison du Café", boss.user_id)


@pytest.fixture
async def brand_account(server: Server, organization: Organization) -> Account:
    return await organization_account(server, "maison", organization.id)


@pytest.fixture
def hire(server: Server, organization: Organization, brand_account: Account) -> Hire:
    """A new member, as the organization's account."""

    async def hire(role: Role, account_id: int | None = None) -> Viewer:
        user = await new_user(server, f"{role}{server.ids.next()}@maison.example")
        await add_member(server, organization.id, user.id, role, account_id)
        return Viewer(account_id=brand_account.id, user_id=user.id)

    return hire

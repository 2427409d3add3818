"""An organization with two accounts, an editor and a contributor who read its pages."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.model import Draft
from mesange.core.teams.actions import add_member, create_organization
from mesange.core.teams.model import Organization, Role
from mesange.kit.clock import DAY, MINUTE
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.workspace.publishing.actions.writing import write_publication
from mesange.workspace.publishing.model import Publication
from mesange.workspace.publishing.model.planning import plan_at
from tests.conftest import started_server
from tests.core.people import organization_account
from tests.edges.reader import ORIGIN, Reader, create


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, origin=ORIGIN, sign_up_effort=0, sign_up_seconds=0, time_zone="Europe/Paris")


@pytest.fixture
async def server(settings: Settings) -> AsyncGenerator[Server]:
    async with started_server(settings) as server:
        yield server


@dataclass
class Kindy:
    """`thyo` and `achille` are accounts of the organization; each reader is signed in."""

    server: Server
    organization: Organization
    thyo: int
    achille: int
    editor: Reader
    writer: Reader
    ines: Viewer
    wim: Viewer

    async def write(self, text: str, *, after: int = DAY, account: int = 0, by: Viewer | None = None) -> Publication:
        """Planned so many milliseconds from now, at a whole minute."""
        at = (self.server.clock.now() + after) // MINUTE * MINUTE
        plan = plan_at(at, "Europe/Paris")
        return await write_publication(self.server, by or self.ines, account or self.thyo, [Draft(text)], plan)

    @property
    def tomorrow(self) -> str:
        return plan_at(self.server.clock.now() + DAY, "Europe/Paris").wall[:10]


async def join(
    server: Server, organization: Organization, name: str, role: Role, language: str
) -> tuple[Reader, Viewer]:
    user, _account, viewer = await create(server, name)
    await add_member(server, organization.id, user.id, role)
    reader = Reader(server, language)
    await reader.sign_in(name)
    return reader, viewer


@pytest.fixture
async def kindy(server: Server) -> Kindy:
    owner, _account, _viewer = await create(server, "olga")
    organization = await create_organization(server, "Kindy", owner.id)
    thyo, achille = [await organization_account(server, name, organization.id) for name in ("thyo", "achille")]
    editor, ines = await join(server, organization, "ines", Role.EDITOR, "en")
    writer, wim = await join(server, organization, "wim", Role.CONTRIBUTOR, "fr")
    return Kindy(server, organization, thyo.id, achille.id, editor, writer, ines, wim)

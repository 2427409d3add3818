"""Two organizations with a member of every role, and a caller for each: with a token, with a browser."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from mesange.core.accounts.actions.brands import open_account
from mesange.core.accounts.actions.clients import Registration, create_token, register_client
from mesange.core.accounts.actions.sessions import Browser, start_session
from mesange.core.accounts.model import Account, OAuthClient, User, UserRole, Viewer
from mesange.core.accounts.queries import find_user
from mesange.core.archives.actions import ask_change
from mesange.core.archives.model import Guarded
from mesange.core.teams.actions import accept_invitation, add_member, create_brand, create_organization, invite_member
from mesange.core.teams.model import WHOLE, Brand, By, Organization, Role, Scope
from mesange.kit.server import Server
from tests.core.people import new_user, new_viewer

CANARY = "zyxwcanary"


@dataclass(frozen=True)
class Caller:
    name: str
    viewer: Viewer
    token: str = ""
    cookie: str = ""


@dataclass
class World:
    server: Server
    client: OAuthClient
    organization: Organization
    brand: Brand
    account: Account
    owner: Viewer
    callers: list[Caller]
    made: int = 0

    def caller(self, name: str) -> Caller:
        return next(each for each in self.callers if each.name == name)

    async def new_membership(self) -> int:
        """Somebody who may be changed or let go."""
        user = await new_user(self.server, f"fresh{self._next()}@example.org")
        return (await add_member(self.server, self.organization.id, user.id, Role.CONTRIBUTOR)).id

    async def new_invitation(self) -> int:
        made, _ = await invite_member(self.server, By(self.owner.user_id), self.organization.id, Role.EDITOR, WHOLE)
        return made.id

    async def new_link(self) -> str:
        _, link = await invite_member(self.server, By(self.owner.user_id), self.organization.id, Role.EDITOR, WHOLE)
        return link.rpartition("/")[2]

    async def new_account(self) -> int:
        return (await open_account(self.server, self.owner, self.organization.id, f"name{self._next()}")).id

    async def new_change(self) -> int:
        """Asked for by an owner who does not call."""
        account_id = await self.new_account()
        return (await ask_change(self.server, self.owner, self.organization.id, account_id, Guarded.DELETION)).id

    async def own_brand(self) -> int:
        return self.brand.id

    async def own_account(self) -> int:
        return self.account.id

    def _next(self) -> int:
        self.made += 1
        return self.made


async def build_world(server: Server) -> World:
    owner = await new_viewer(server, "founder")
    organization = await create_organization(server, f"Maison {CANARY}", owner.user_id, "maison")
    brand = await create_brand(server, By(owner.user_id), organization.id, f"Brand {CANARY}")
    account = await open_account(server, owner, organization.id, "maison", brand.id)
    client, _ = await register_client(server, Registration("Phone", ["urn:ietf:wg:oauth:2.0:oob"], "read write"))
    world = World(server, client, organization, brand, account, owner, [])
    for role in Role:
        await _add(world, role.value, lambda viewer, role=role: _join(world, viewer, role, WHOLE))
    await _add(world, "admin of a brand", lambda viewer: _join(world, viewer, Role.ADMIN, Scope(brand.id)))
    await _add(world, "owner elsewhere", lambda viewer: _own(server, viewer))
    await _add(world, "staff of the server", lambda viewer: _staff(server, viewer))
    world.callers.append(Caller("visitor", Viewer()))
    return world


async def _add(world: World, name: str, place: Callable[[Viewer], Awaitable[None]]) -> None:
    server = world.server
    viewer = await new_viewer(server, f"caller_{name.replace(' ', '_')}")
    await place(viewer)
    user = await find_user(server.db, viewer.user_id)
    assert user
    token = await _token(world, user, viewer)
    cookie = await start_session(server, user, Browser("203.0.113.9", "Firefox"))
    world.callers.append(Caller(name, viewer, token, cookie))


async def _token(world: World, user: User, viewer: Viewer) -> str:
    from mesange.core.accounts.queries import get_account

    account = await get_account(world.server, viewer.account_id)
    return await create_token(world.server, world.client, user, account, "read write")


async def _join(world: World, viewer: Viewer, role: Role, scope: Scope) -> None:
    by = By(world.owner.user_id)
    _, link = await invite_member(world.server, by, world.organization.id, role, scope)
    await accept_invitation(world.server, By(viewer.user_id), link.rpartition("/")[2])


async def _own(server: Server, viewer: Viewer) -> None:
    await create_organization(server, "Elsewhere", viewer.user_id, "elsewhere")


async def _staff(server: Server, viewer: Viewer) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET role = ? WHERE id = ?", UserRole.ADMIN.value, viewer.user_id)

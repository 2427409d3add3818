"""Organizations of one's own, and beginning one."""

import msgspec

from mesange.core.accounts.actions.brands import by
from mesange.core.accounts.model import UserRole
from mesange.core.teams.actions import ask_second_factor, create_organization
from mesange.core.teams.model import Role, strongest
from mesange.core.teams.queries import list_memberships, list_organizations
from mesange.front.api import Api, Call
from mesange.kit.errors import Forbidden, Invalid
from mesange.kit.web.response import Response, json_response
from mesange.workspace.organizations.api.entities import organization_entity
from mesange.workspace.organizations.queries import get_house

api = Api()


class OrganizationGiven(msgspec.Struct):
    name: str = ""
    handle: str = ""


class Demands(msgspec.Struct):
    second_factor_roles: list[str] = []


@api.get("/api/mesange/organizations", "read:accounts")
async def show_organizations(call: Call) -> Response:
    """Those of which the caller is a member; there are few."""
    held = await list_memberships(call.server.db, call.viewer.user_id)
    found = await list_organizations(call.server.db, call.viewer.user_id)
    roles = {each.id: strongest([own for own in held if own.organization_id == each.id], None, None) for each in found}
    return json_response([organization_entity(each, roles[each.id]) for each in found])


@api.post("/api/mesange/organizations", "write:accounts")
async def begin_organization(call: Call) -> Response:
    """By the people who run the server: a name that is taken is nobody else's any more."""
    if call.viewer.role.rank < UserRole.ADMIN.rank:
        raise Forbidden("Organizations are begun by the people who run this server.")
    given = await call.read(OrganizationGiven)
    user_id = call.viewer.user_id
    made = await create_organization(call.server, given.name, user_id, given.handle, by(call.viewer))
    return json_response(organization_entity(made, Role.OWNER))


@api.get("/api/mesange/organizations/:name", "read:accounts")
async def show_organization(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    return json_response(organization_entity(house.organization, house.role))


@api.put("/api/mesange/organizations/:name", "write:accounts")
async def demand_factors(call: Call) -> Response:
    """Which roles need a second factor."""
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    await ask_second_factor(
        call.server, by(call.viewer), house.organization.id, roles_in((await call.read(Demands)).second_factor_roles)
    )
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    return json_response(organization_entity(house.organization, house.role))


def roles_in(names: list[str]) -> list[Role]:
    return [role_in(name) for name in names]


def role_in(name: str) -> Role:
    """Raises Invalid."""
    if name not in list(Role):
        raise Invalid("There is no role of this name.", field="role")
    return Role(name)


ROUTES = api.routes

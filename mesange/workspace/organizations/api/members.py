"""Members of an organization and who is invited."""

import msgspec

from mesange.core.accounts.actions.brands import by
from mesange.core.accounts.queries import load_colleagues
from mesange.core.teams.actions import (
    accept_invitation,
    change_role,
    end_membership,
    invite_member,
    withdraw_invitation,
)
from mesange.core.teams.queries import list_member_invitations, list_members
from mesange.front.api import Api, Call
from mesange.front.paging import ACCOUNTS, list_response, page_of
from mesange.kit.web.response import Response, encode_json, json_response
from mesange.workspace.organizations.api.entities import id_given, invitation_entity, membership_entity
from mesange.workspace.organizations.api.organizations import role_in
from mesange.workspace.organizations.queries import get_house, name_colleague, scope_named, scope_of

api = Api()


class MemberGiven(msgspec.Struct):
    role: str = ""


class InvitationGiven(msgspec.Struct):
    role: str = ""
    brand_id: str | int | None = None
    account_id: str | int | None = None
    email: str = ""
    language: str = "en"


@api.get("/api/mesange/organizations/:name/members", "read:accounts")
async def show_members(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    page = page_of(call, ACCOUNTS)
    found = await list_members(call.server.db, call.viewer.user_id, house.organization.id, page)
    who = await load_colleagues(call.server.db, [each.user_id for each in found])
    body = [membership_entity(each, who.get(each.user_id), shows_email=house.is_admin) for each in found]
    return list_response(call, encode_json(body), [each.id for each in found], page)


@api.put("/api/mesange/organizations/:name/members/:id", "write:accounts")
async def set_role(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    role, organization_id = role_in((await call.read(MemberGiven)).role), house.organization.id
    membership_id = call.request.id("id")
    scope = await scope_of(call.server, organization_id, membership_id)
    changed = await change_role(call.server, by(call.viewer), organization_id, membership_id, role, scope)
    who = await name_colleague(call.server.db, changed.user_id)
    return json_response(membership_entity(changed, who, shows_email=house.is_admin))


@api.delete("/api/mesange/organizations/:name/members/:id", "write:accounts")
async def let_go(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    membership_id = call.request.id("id")
    scope = await scope_of(call.server, house.organization.id, membership_id)
    await end_membership(call.server, by(call.viewer), house.organization.id, membership_id, scope)
    return json_response({})


@api.get("/api/mesange/organizations/:name/invitations", "read:accounts")
async def show_invitations(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    now = call.server.clock.now()
    found = await list_member_invitations(call.server.db, call.viewer.user_id, house.organization.id, now)
    return json_response([invitation_entity(each) for each in found])


@api.post("/api/mesange/organizations/:name/invitations", "write:accounts")
async def invite(call: Call) -> Response:
    """`url` in the answer is shown this once."""
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    given, organization_id = await call.read(InvitationGiven), house.organization.id
    role = role_in(given.role)
    scope = await scope_named(call.server, organization_id, id_given(given.brand_id), id_given(given.account_id))
    made, url = await invite_member(
        call.server, by(call.viewer), organization_id, role, scope, given.email, given.language
    )
    return json_response(invitation_entity(made, url))


@api.delete("/api/mesange/organizations/:name/invitations/:id", "write:accounts")
async def withdraw(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    await withdraw_invitation(call.server, by(call.viewer), house.organization.id, call.request.id("id"))
    return json_response({})


@api.post("/api/mesange/member_invitations/:token", "write:accounts")
async def accept(call: Call) -> Response:
    joined = await accept_invitation(call.server, by(call.viewer), call.request.segments["token"])
    who = await name_colleague(call.server.db, joined.user_id)
    return json_response(membership_entity(joined, who, shows_email=False))


ROUTES = api.routes

"""What two people decide about an account of an organization."""

import msgspec

from mesange.core.archives.actions import approve_change, ask_change, call_back_change
from mesange.core.archives.model import Guarded
from mesange.core.archives.queries import list_changes
from mesange.front.api import Api, Call
from mesange.front.paging import ACCOUNTS, list_response, page_of
from mesange.kit.errors import Invalid
from mesange.kit.web.response import Response, encode_json, json_response
from mesange.workspace.organizations.api.entities import change_entity, id_given
from mesange.workspace.organizations.queries import get_house

api = Api()


class ChangeGiven(msgspec.Struct):
    account_id: str | int = 0
    kind: str = ""
    target: str = ""


@api.get("/api/mesange/organizations/:name/changes", "read:accounts")
async def show_changes(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    page = page_of(call, ACCOUNTS)
    found = await list_changes(call.server.db, call.viewer.user_id, house.organization.id, page)
    return list_response(call, encode_json([change_entity(each) for each in found]), [each.id for each in found], page)


@api.post("/api/mesange/organizations/:name/changes", "write:accounts")
async def ask(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    given = await call.read(ChangeGiven)
    kind, account_id = kind_in(given.kind), id_given(given.account_id)
    made = await ask_change(call.server, call.viewer, house.organization.id, account_id, kind, given.target)
    return json_response(change_entity(made))


@api.post("/api/mesange/organizations/:name/changes/:id/approve", "write:accounts")
async def approve(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    changed = await approve_change(call.server, call.viewer, house.organization.id, call.request.id("id"))
    return json_response(change_entity(changed))


@api.post("/api/mesange/organizations/:name/changes/:id/call_back", "write:accounts")
async def call_back(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    changed = await call_back_change(call.server, call.viewer, house.organization.id, call.request.id("id"))
    return json_response(change_entity(changed))


def kind_in(name: str) -> Guarded:
    """Raises Invalid."""
    if name not in list(Guarded):
        raise Invalid("Choose what to do.", field="kind")
    return Guarded(name)


ROUTES = api.routes

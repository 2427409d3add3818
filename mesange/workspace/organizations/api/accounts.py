"""Brands and accounts of an organization."""

import msgspec

from mesange.core.accounts.actions.brands import by, open_account, place_account, take_in_account
from mesange.core.accounts.queries import list_organization_accounts
from mesange.core.teams.actions import create_brand, rename_brand
from mesange.core.teams.queries import get_brand, list_brands
from mesange.front.api import Api, Call
from mesange.kit.web.response import Response, json_response
from mesange.workspace.organizations.api.entities import account_entity, brand_entity, id_given
from mesange.workspace.organizations.queries import check_brand, get_house

api = Api()


class BrandGiven(msgspec.Struct):
    name: str = ""


class AccountGiven(msgspec.Struct):
    """Without a `username` the account as which the caller acts is taken in."""

    username: str = ""
    brand_id: str | int | None = None


@api.get("/api/mesange/organizations/:name/brands", "read:accounts")
async def show_brands(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    found = await list_brands(call.server.db, call.viewer.user_id, house.organization.id)
    return json_response([brand_entity(each) for each in found])


@api.post("/api/mesange/organizations/:name/brands", "write:accounts")
async def begin_brand(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    given = await call.read(BrandGiven)
    return json_response(
        brand_entity(await create_brand(call.server, by(call.viewer), house.organization.id, given.name))
    )


@api.put("/api/mesange/organizations/:name/brands/:id", "write:accounts")
async def name_brand(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    given, brand_id = await call.read(BrandGiven), call.request.id("id")
    await rename_brand(call.server, by(call.viewer), house.organization.id, brand_id, given.name)
    return json_response(brand_entity(await get_brand(call.server.db, house.organization.id, brand_id)))


@api.get("/api/mesange/organizations/:name/accounts", "read:accounts")
async def show_accounts(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    found = await list_organization_accounts(call.server.db, house.organization.id)
    return json_response([account_entity(each) for each in found])


@api.post("/api/mesange/organizations/:name/accounts", "write:accounts")
async def begin_account(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    given, organization_id = await call.read(AccountGiven), house.organization.id
    brand_id = await _brand(call, organization_id, given)
    if given.username:
        made = await open_account(call.server, call.viewer, organization_id, given.username, brand_id)
    else:
        made = await take_in_account(call.server, call.viewer, organization_id, brand_id)
    return json_response(account_entity(made))


@api.put("/api/mesange/organizations/:name/accounts/:id", "write:accounts")
async def move_account(call: Call) -> Response:
    house = await get_house(call.server.db, call.viewer, call.request.segments["name"])
    given, organization_id = await call.read(AccountGiven), house.organization.id
    brand_id = await _brand(call, organization_id, given)
    placed = await place_account(call.server, call.viewer, organization_id, call.request.id("id"), brand_id)
    return json_response(account_entity(placed))


async def _brand(call: Call, organization_id: int, given: AccountGiven) -> int | None:
    return await check_brand(call.server.db, call.viewer, organization_id, id_given(given.brand_id))


ROUTES = api.routes

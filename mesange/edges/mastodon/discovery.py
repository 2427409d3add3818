"""Who is here, and whom to follow."""

import msgspec

from mesange.core.discovery.actions import dismiss_suggestion
from mesange.core.discovery.queries import Order, Source, list_directory, list_suggestions
from mesange.edges.mastodon.entities.account import account_list, accounts_bytes
from mesange.edges.mastodon.offsets import offset_of, offset_response
from mesange.front.api import Api, Call, Who
from mesange.front.paging import ACCOUNTS, page_of
from mesange.kit.web.response import Response

api = Api()
AS_BEFORE = {Source.FRIENDS_OF_FRIENDS: "past_interactions", Source.MOST_FOLLOWED: "global"}
"""What the older field `source` calls it."""


class DirectoryAsked(msgspec.Struct):
    order: str = ""
    local: bool = False


@api.get("/api/v1/directory", who=Who.ANYONE)
async def show_directory(call: Call) -> Response:
    asked, portion = call.query(DirectoryAsked), offset_of(call, ACCOUNTS)
    order = Order.NEW if asked.order == "new" else Order.ACTIVE
    ids = await list_directory(
        call.server, call.viewer, order, limit=portion.limit, offset=portion.offset, is_local=asked.local
    )
    return offset_response(call, await account_list(call.server, ids), len(ids), portion)


@api.get("/api/v2/suggestions", "read:accounts")
async def suggest(call: Call) -> Response:
    found = await list_suggestions(call.server, call.viewer, page_of(call, ACCOUNTS).limit)
    accounts = await accounts_bytes(call.server, [id for id, _ in found])
    made = [
        b'{"source":"%s","sources":["%s"],"account":%s}'
        % (AS_BEFORE[source].encode(), source.value.encode(), accounts[id])
        for id, source in found
        if id in accounts
    ]
    return Response(b"[" + b",".join(made) + b"]")


@api.get("/api/v1/suggestions", "read:accounts")
async def suggest_as_before(call: Call) -> Response:
    found = await list_suggestions(call.server, call.viewer, page_of(call, ACCOUNTS).limit)
    return Response(await account_list(call.server, [id for id, _ in found]))


@api.delete("/api/v1/suggestions/:id", "write:accounts")
async def dismiss(call: Call) -> Response:
    await dismiss_suggestion(call.server, call.viewer, call.request.id("id"))
    return Response(b"{}")


ROUTES = api.routes

"""Conversations, and the direct posts in them."""

from mesange.core.conversations.actions import delete_conversation, read_conversation
from mesange.core.conversations.queries import list_conversations, list_direct
from mesange.core.statuses.queries import only_visible
from mesange.edges.mastodon.entities.conversation import conversation_list
from mesange.edges.mastodon.entities.status import status_list
from mesange.front.api import DEPRECATED, Api, Call
from mesange.front.paging import STATUSES, list_response, page_of
from mesange.kit.web.response import Response, json_response

api = Api()


@api.get("/api/v1/conversations", "read:statuses", kept=True)
async def list_all(call: Call) -> Response:
    page = page_of(call, STATUSES)
    found = await list_conversations(call.server.db, call.viewer, page)
    body = await conversation_list(call.server, call.viewer, found)
    return list_response(call, body, [each.last_status_id for each in found], page)


@api.post("/api/v1/conversations/:id/read", "write:conversations")
async def read(call: Call) -> Response:
    found = await read_conversation(call.server, call.viewer, call.request.id("id"))
    return Response((await conversation_list(call.server, call.viewer, [found]))[1:-1])


@api.delete("/api/v1/conversations/:id", "write:conversations")
async def remove(call: Call) -> Response:
    await delete_conversation(call.server, call.viewer, call.request.id("id"))
    return json_response({})


@api.get("/api/v1/timelines/direct", "read:statuses", kept=True)
async def show_direct(call: Call) -> Response:
    """Old: clients of today read the conversations."""
    page = page_of(call, STATUSES)
    ids = await list_direct(call.server.db, call.viewer, page)
    visible = [status.id for status in await only_visible(call.server, call.viewer, ids)]
    response = list_response(call, await status_list(call.server, call.viewer.account_id, visible), ids, page)
    response.headers.append(DEPRECATED)
    return response


ROUTES = api.routes

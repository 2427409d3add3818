"""Hashtags and those one follows."""

from mesange.core.lists.actions import follow_hashtag, unfollow_hashtag
from mesange.core.lists.model import checked_hashtag
from mesange.core.lists.queries import list_followed_hashtags
from mesange.edges.mastodon.entities.hashtag import hashtag_list
from mesange.front.api import Api, Call, Who
from mesange.front.limits import FOLLOWS
from mesange.front.paging import HASHTAGS, list_response, page_of
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.web.response import Response, encode_json, json_response

api = Api()


@api.get("/api/v1/tags/:name", "", Who.ANYONE)
async def show(call: Call) -> Response:
    return await _shown(call)


async def _shown(call: Call) -> Response:
    return json_response((await hashtag_list(call.server, call.viewer.account_id, [_name(call)]))[0])


def _name(call: Call) -> str:
    try:
        return checked_hashtag(call.request.segments["name"])[0]
    except Invalid:
        raise NotFound() from None


@api.post("/api/v1/tags/:name/follow", "write:follows", limit=FOLLOWS)
async def follow(call: Call) -> Response:
    await follow_hashtag(call.server, call.viewer, call.request.segments["name"])
    return await _shown(call)


@api.post("/api/v1/tags/:name/unfollow", "write:follows")
async def unfollow(call: Call) -> Response:
    await unfollow_hashtag(call.server, call.viewer, call.request.segments["name"])
    return await _shown(call)


@api.get("/api/v1/followed_tags", "read:follows", kept=True)
async def list_followed(call: Call) -> Response:
    page = page_of(call, HASHTAGS)
    followed = await list_followed_hashtags(call.server.db, call.viewer, page)
    body = encode_json(await hashtag_list(call.server, call.viewer.account_id, [each.name for each in followed]))
    return list_response(call, body, [each.id for each in followed], page)


ROUTES = api.routes

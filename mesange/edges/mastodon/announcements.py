"""Announcements: read, put away, answered with a sign."""

import msgspec

from mesange.core.announcements.actions import dismiss_announcement, react, take_reaction_back
from mesange.core.announcements.queries import dismissed_by, list_announcements
from mesange.edges.mastodon.entities.announcement import announcement_list
from mesange.front.api import Api, Call
from mesange.kit.web.response import Response, json_response

api = Api()


class Asked(msgspec.Struct):
    with_dismissed: bool = False


@api.get("/api/v1/announcements", "read:accounts")
async def show_all(call: Call) -> Response:
    found = await list_announcements(call.server)
    if not call.query(Asked).with_dismissed and found:
        dismissed = await dismissed_by(call.server, call.viewer)
        found = [each for each in found if each.id not in dismissed]
    return json_response(await announcement_list(call.server, call.viewer, found))


@api.post("/api/v1/announcements/:id/dismiss", "write:accounts")
async def dismiss(call: Call) -> Response:
    await dismiss_announcement(call.server, call.viewer, call.request.id("id"))
    return json_response({})


@api.put("/api/v1/announcements/:id/reactions/:name", "write:favourites")
async def add_reaction(call: Call) -> Response:
    await react(call.server, call.viewer, call.request.id("id"), call.request.segments["name"])
    return json_response({})


@api.delete("/api/v1/announcements/:id/reactions/:name", "write:favourites")
async def remove_reaction(call: Call) -> Response:
    await take_reaction_back(call.server, call.viewer, call.request.id("id"), call.request.segments["name"])
    return json_response({})


ROUTES = api.routes

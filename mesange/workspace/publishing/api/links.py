"""Links of our own, and how often they were followed."""

from typing import Any

import msgspec

from mesange.front.api import Api, Call
from mesange.front.paging import list_response, page_of
from mesange.kit.clock import DAY, iso, iso_date
from mesange.kit.ids import id_of, time_of
from mesange.kit.web.response import Response, encode_json, json_response
from mesange.workspace.publishing.actions.links import shorten_link, stop_tracking, track_links
from mesange.workspace.publishing.api.relays import SIZES, OrganizationAsked
from mesange.workspace.publishing.model.links import LinkTracking, ShortLink
from mesange.workspace.publishing.queries.links import (
    get_link,
    list_days,
    list_links,
    list_trackings,
    load_clicks,
)
from mesange.workspace.publishing.queries.rights import organization_asked

api = Api()


class LinkGiven(msgspec.Struct):
    account_id: str = ""
    url: str = ""
    campaign: str = ""


class TrackingGiven(msgspec.Struct):
    source: str = ""
    medium: str = ""
    campaign: str = ""


def link_entity(link: ShortLink, origin: str, clicks: tuple[int, int] = (0, 0)) -> dict[str, Any]:
    """`clicks` of people, `bot_clicks` of programs that say what they are."""
    return {
        "id": str(link.id),
        "account_id": str(link.account_id),
        "short_url": f"{origin}/l/{link.code}",
        "url": link.url,
        "campaign": link.campaign,
        "clicks": clicks[0],
        "bot_clicks": clicks[1],
        "created_at": iso(time_of(link.id)),
    }


@api.get("/api/mesange/links", "read:statuses")
async def show_links(call: Call) -> Response:
    page, db = page_of(call, SIZES), call.server.db
    asked = id_of(call.query(OrganizationAsked).organization_id) or 0
    found = await list_links(db, call.viewer, await organization_asked(db, call.viewer, asked), page)
    clicks = await load_clicks(db, [link.id for link in found])
    origin = call.server.settings.public_origin
    body = encode_json([link_entity(link, origin, clicks.get(link.id, (0, 0))) for link in found])
    return list_response(call, body, [link.id for link in found], page)


@api.post("/api/mesange/links", "write:statuses")
async def create_link(call: Call) -> Response:
    given = await call.read(LinkGiven)
    account_id = id_of(given.account_id) or call.viewer.account_id
    link = await shorten_link(call.server, call.viewer, account_id, given.url, given.campaign)
    clicks = await load_clicks(call.server.db, [link.id])
    return json_response(link_entity(link, call.server.settings.public_origin, clicks.get(link.id, (0, 0))))


@api.get("/api/mesange/links/:id", "read:statuses")
async def show_link(call: Call) -> Response:
    """With a line for each of its last days, in UTC."""
    link = await get_link(call.server.db, call.viewer, call.request.id("id"))
    clicks = await load_clicks(call.server.db, [link.id])
    entity = link_entity(link, call.server.settings.public_origin, clicks.get(link.id, (0, 0)))
    days = await list_days(call.server.db, call.viewer, link.id)
    told = [{"day": iso_date(each.day * DAY), "clicks": each.people, "bot_clicks": each.bots} for each in days]
    return json_response({**entity, "days": told})


@api.get("/api/mesange/link_trackings", "read:statuses")
async def show_trackings(call: Call) -> Response:
    asked = id_of(call.query(OrganizationAsked).organization_id) or 0
    organization_id = await organization_asked(call.server.db, call.viewer, asked)
    found = await list_trackings(call.server.db, call.viewer, organization_id)
    return json_response([_tracking_entity(each) for each in found.values()])


@api.put("/api/mesange/link_trackings/:id", "write:statuses")
async def change_tracking(call: Call) -> Response:
    given = await call.read(TrackingGiven)
    tracking = LinkTracking(call.request.id("id"), 0, given.source, given.medium, given.campaign)
    await track_links(call.server, call.viewer, tracking)
    return json_response(_tracking_entity(tracking))


@api.delete("/api/mesange/link_trackings/:id", "write:statuses")
async def end_tracking(call: Call) -> Response:
    await stop_tracking(call.server, call.viewer, call.request.id("id"))
    return json_response({})


def _tracking_entity(tracking: LinkTracking) -> dict[str, Any]:
    return {
        "account_id": str(tracking.account_id),
        "source": tracking.source,
        "medium": tracking.medium,
        "campaign": tracking.campaign,
    }


ROUTES = api.routes

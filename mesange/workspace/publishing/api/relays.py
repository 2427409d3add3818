"""Relays of feeds."""

from typing import Any

import msgspec

from mesange.front.api import Api, Call
from mesange.front.paging import list_response, page_of
from mesange.kit.clock import iso
from mesange.kit.ids import id_of, time_of
from mesange.kit.web.response import Response, encode_json, json_response
from mesange.workspace.publishing.actions.relays import (
    TROUBLE_WORDS,
    add_relay,
    change_template,
    end_relay,
    pause_relay,
    preview_relay,
    resume_relay,
)
from mesange.workspace.publishing.model.relays import FeedRelay, RelayedItem, RelayWarning
from mesange.workspace.publishing.queries.relays import (
    count_warnings,
    get_relay,
    list_relay_warnings,
    list_relayed_items,
    list_relays,
)
from mesange.workspace.publishing.queries.rights import organization_asked

api = Api()
SIZES = (40, 80)


class RelayGiven(msgspec.Struct):
    """`first` is how many of the items that are there already become posts."""

    account_id: str = ""
    url: str = ""
    template: str = ""
    first: int = 0


class OrganizationAsked(msgspec.Struct):
    organization_id: str = ""


class Resumption(msgspec.Struct):
    """`catch_up`: what came meanwhile, or waits, becomes posts too."""

    catch_up: bool = False


def relay_entity(relay: FeedRelay, warnings: int = 0) -> dict[str, Any]:
    words = TROUBLE_WORDS.get(relay.trouble, relay.detail) if relay.trouble else ""
    return {
        "id": str(relay.id),
        "organization_id": str(relay.organization_id),
        "account_id": str(relay.account_id),
        "url": relay.url,
        "title": relay.title,
        "template": relay.template,
        "state": relay.state.value,
        "trouble": relay.trouble.value or None,
        "reason": words.format(detail=relay.detail) or None,
        "read_at": iso(relay.read_at) if relay.read_at else None,
        "next_read_at": iso(relay.next_at) if relay.next_at else None,
        "warnings_count": warnings,
    }


def item_entity(item: RelayedItem) -> dict[str, Any]:
    return {
        "id": str(item.id),
        "guid": item.guid,
        "link": item.link,
        "title": item.title,
        "published_at": iso(item.published_at) if item.published_at else None,
        "state": item.state.value,
        "status_id": str(item.status_id) if item.status_id else None,
        "gone_at": iso(item.gone_at) if item.gone_at else None,
    }


def warning_entity(warning: RelayWarning) -> dict[str, Any]:
    return {
        "id": str(warning.id),
        "kind": warning.kind.value,
        "item_id": str(warning.item_id),
        "detail": warning.detail,
        "created_at": iso(time_of(warning.id)),
    }


@api.get("/api/mesange/relays", "read:statuses")
async def show_relays(call: Call) -> Response:
    page = page_of(call, SIZES)
    asked = id_of(call.query(OrganizationAsked).organization_id) or 0
    organization_id = await organization_asked(call.server.db, call.viewer, asked)
    found = await list_relays(call.server.db, call.viewer, organization_id, page)
    warnings = await count_warnings(call.server.db, [relay.id for relay in found])
    body = encode_json([relay_entity(relay, warnings.get(relay.id, 0)) for relay in found])
    return list_response(call, body, [relay.id for relay in found], page)


@api.post("/api/mesange/relays", "write:statuses")
async def create_relay(call: Call) -> Response:
    given = await call.read(RelayGiven)
    account_id = id_of(given.account_id) or call.viewer.account_id
    relay = await add_relay(call.server, call.viewer, account_id, given.url, given.template, given.first)
    return json_response(relay_entity(relay))


@api.post("/api/mesange/relays/preview", "write:statuses")
async def show_preview(call: Call) -> Response:
    given = await call.read(RelayGiven)
    account_id = id_of(given.account_id) or call.viewer.account_id
    seen = await preview_relay(call.server, call.viewer, account_id, given.url, given.template)
    posts = [{"text": text, **item_entity(item), "id": None} for text, item in seen.posts]
    return json_response({"url": seen.url, "title": seen.title, "posts": posts})


async def _told(call: Call, relay: FeedRelay) -> Response:
    warnings = await count_warnings(call.server.db, [relay.id])
    return json_response(relay_entity(relay, warnings.get(relay.id, 0)))


@api.get("/api/mesange/relays/:id", "read:statuses")
async def show_relay(call: Call) -> Response:
    return await _told(call, await get_relay(call.server.db, call.viewer, call.request.id("id")))


@api.put("/api/mesange/relays/:id", "write:statuses")
async def update_relay(call: Call) -> Response:
    given = await call.read(RelayGiven)
    relay_id = call.request.id("id")
    return await _told(call, await change_template(call.server, call.viewer, relay_id, given.template))


@api.post("/api/mesange/relays/:id/pause", "write:statuses")
async def pause(call: Call) -> Response:
    return await _told(call, await pause_relay(call.server, call.viewer, call.request.id("id")))


@api.post("/api/mesange/relays/:id/resume", "write:statuses")
async def resume(call: Call) -> Response:
    given = await call.read(Resumption)
    relay_id = call.request.id("id")
    return await _told(call, await resume_relay(call.server, call.viewer, relay_id, catches_up=given.catch_up))


@api.delete("/api/mesange/relays/:id", "write:statuses")
async def delete_relay(call: Call) -> Response:
    await end_relay(call.server, call.viewer, call.request.id("id"))
    return json_response({})


@api.get("/api/mesange/relays/:id/items", "read:statuses")
async def show_items(call: Call) -> Response:
    page = page_of(call, SIZES)
    found = await list_relayed_items(call.server.db, call.viewer, call.request.id("id"), page)
    return list_response(call, encode_json([item_entity(item) for item in found]), [item.id for item in found], page)


@api.get("/api/mesange/relays/:id/warnings", "read:statuses")
async def show_warnings(call: Call) -> Response:
    page = page_of(call, SIZES)
    found = await list_relay_warnings(call.server.db, call.viewer, call.request.id("id"), page)
    body = encode_json([warning_entity(warning) for warning in found])
    return list_response(call, body, [warning.id for warning in found], page)


ROUTES = api.routes

"""Timelines and read markers."""

from functools import partial

import msgspec

from mesange.core.accounts.actions.markers import move_marker
from mesange.core.accounts.queries import read_markers
from mesange.core.filters.model import FilterContext
from mesange.core.filters.queries import Pick, fill_page
from mesange.core.lists.queries import readable_list
from mesange.core.timelines.queries import (
    HashtagFilter,
    Origin,
    list_account_list,
    list_hashtag,
    list_home,
    list_public,
)
from mesange.edges.mastodon.entities.status import status_list
from mesange.front.api import Api, Call, Who
from mesange.front.paging import STATUSES, list_response, page_of
from mesange.kit.clock import iso
from mesange.kit.errors import Invalid
from mesange.kit.ids import id_of
from mesange.kit.web.response import Response, json_response

api = Api()
MARKED = ("home", "notifications")
MOST_TAGS = 5


class PublicAsked(msgspec.Struct):
    local: bool = False
    remote: bool = False
    only_media: bool = False

    @property
    def origin(self) -> Origin:
        return Origin(self.local, self.remote, self.only_media)


@api.get("/api/v1/timelines/home", "read:statuses", kept=True)
async def show_home(call: Call) -> Response:
    return await _statuses(call, partial(list_home, call.server, call.viewer), FilterContext.HOME)


@api.get("/api/v1/timelines/public", "read:statuses", Who.ANYONE, kept=True)
async def show_public(call: Call) -> Response:
    pick = partial(list_public, call.server, call.viewer, origin=call.query(PublicAsked).origin)
    return await _statuses(call, pick, FilterContext.PUBLIC)


class TagsAsked(PublicAsked):
    any: list[str] = msgspec.field(default_factory=list[str])
    all: list[str] = msgspec.field(default_factory=list[str])
    none: list[str] = msgspec.field(default_factory=list[str])


@api.get("/api/v1/timelines/tag/:hashtag", "read:statuses", Who.ANYONE, kept=True)
async def show_hashtag(call: Call) -> Response:
    asked = call.query(TagsAsked)
    tags = HashtagFilter(
        call.request.segments["hashtag"], asked.any[:MOST_TAGS], asked.all[:MOST_TAGS], asked.none[:MOST_TAGS]
    )
    pick = partial(list_hashtag, call.server, call.viewer, tags=tags, origin=asked.origin)
    return await _statuses(call, pick, FilterContext.PUBLIC)


@api.get("/api/v1/timelines/list/:id", "read:lists", Who.ANYONE, kept=True)
async def show_list(call: Call) -> Response:
    account_list = await readable_list(call.server, call.viewer, call.request.id("id"))
    return await _statuses(call, partial(list_account_list, call.server, call.viewer, account_list), FilterContext.HOME)


async def _statuses(call: Call, pick: Pick, context: FilterContext) -> Response:
    page, viewer_id = page_of(call, STATUSES), call.viewer.account_id
    filled = await fill_page(call.server, viewer_id, page, pick, context)
    body = await status_list(call.server, viewer_id, filled.ids)
    return list_response(call, body, filled.cursors, page, goes_on=filled.goes_on)


class MarkersAsked(msgspec.Struct):
    timeline: list[str] | str = msgspec.field(default_factory=list[str])


@api.get("/api/v1/markers", "read:statuses")
async def show_markers(call: Call) -> Response:
    asked = call.query(MarkersAsked).timeline
    return await _markers(call, [asked] if isinstance(asked, str) else asked)


class Position(msgspec.Struct):
    last_read_id: str | int = ""


class NewMarkers(msgspec.Struct):
    home: Position | None = None
    notifications: Position | None = None


@api.post("/api/v1/markers", "write:statuses")
async def save_markers(call: Call) -> Response:
    given = await call.read(NewMarkers)
    moved = {name: position for name in MARKED if (position := getattr(given, name))}
    for name, position in moved.items():
        last = id_of(str(position.last_read_id))
        if last is None:
            raise Invalid("last_read_id must be an id", field=name)
        await move_marker(call.server, call.viewer, name, last)
    return await _markers(call, list(moved))


async def _markers(call: Call, timelines: list[str]) -> Response:
    wanted = [name for name in timelines if name in MARKED]
    rows = await read_markers(call.server.db, call.viewer.account_id, wanted)
    return json_response(
        {
            timeline: {"last_read_id": str(last), "version": version, "updated_at": iso(at)}
            for timeline, last, version, at in rows
        }
    )


ROUTES = api.routes

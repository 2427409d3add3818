"""Filters, version 1: a view of version 2 for older clients. One keyword is one filter, named by the keyword's id."""

import msgspec

from mesange.core.filters import actions as filters
from mesange.core.filters.actions import FilterChoice, KeywordChange
from mesange.core.filters.queries import get_filter, get_keyword, list_filters
from mesange.edges.mastodon.entities.filter import first_filter_entity
from mesange.edges.mastodon.filters import seconds
from mesange.front.api import Api, Call
from mesange.kit.web.response import Response, json_response

api = Api()


class FirstFilterGiven(msgspec.Struct):
    phrase: str | None = None
    context: list[str] | None = None
    irreversible: bool | None = None
    whole_word: bool | None = None
    expires_in: int | str | msgspec.UnsetType | None = msgspec.UNSET

    def choice(self, keyword_id: int | None, title: str | None = None) -> FilterChoice:
        action = None if self.irreversible is None else ("hide" if self.irreversible else "warn")
        keyword = KeywordChange(self.phrase, self.whole_word, keyword_id)
        return FilterChoice(title, self.context, action, seconds(self.expires_in), [keyword])


@api.get("/api/v1/filters", "read:filters", kept=True)
async def list_all(call: Call) -> Response:
    found = await list_filters(call.server.db, call.viewer)
    return json_response([first_filter_entity(full, keyword) for full in found for keyword in full.keywords])


@api.post("/api/v1/filters", "write:filters")
async def create(call: Call) -> Response:
    given = await call.read(FirstFilterGiven)
    made = await filters.create_filter(call.server, call.viewer, given.choice(None, title=given.phrase or ""))
    return json_response(first_filter_entity(made, made.keywords[0]))


@api.get("/api/v1/filters/:id", "read:filters")
async def show(call: Call) -> Response:
    return await _shown(call)


async def _shown(call: Call) -> Response:
    keyword = await get_keyword(call.server.db, call.viewer, call.request.id("id"))
    full = await get_filter(call.server.db, call.viewer, keyword.filter_id)
    return json_response(first_filter_entity(full, keyword))


@api.put("/api/v1/filters/:id", "write:filters")
async def change(call: Call) -> Response:
    keyword = await get_keyword(call.server.db, call.viewer, call.request.id("id"))
    choice = (await call.read(FirstFilterGiven)).choice(keyword.id)
    await filters.change_filter(call.server, call.viewer, keyword.filter_id, choice)
    return await _shown(call)


@api.delete("/api/v1/filters/:id", "write:filters")
async def delete(call: Call) -> Response:
    """The filter around it goes with its last keyword."""
    keyword = await get_keyword(call.server.db, call.viewer, call.request.id("id"))
    full = await get_filter(call.server.db, call.viewer, keyword.filter_id)
    if len(full.keywords) > 1 or full.statuses:
        await filters.delete_keyword(call.server, call.viewer, keyword.id)
    else:
        await filters.delete_filter(call.server, call.viewer, keyword.filter_id)
    return json_response({})


ROUTES = api.routes

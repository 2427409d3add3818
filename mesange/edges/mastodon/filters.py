"""Filters, version 2."""

import msgspec

from mesange.core.filters import actions as filters
from mesange.core.filters.actions import FOR_EVER, FilterChoice, KeywordChange
from mesange.core.filters.queries import get_filter, get_filter_status, get_keyword, list_filters
from mesange.edges.mastodon.entities.filter import filter_entity, filter_status_entity, keyword_entity
from mesange.front.api import Api, Call
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.ids import id_of
from mesange.kit.web.response import Response, json_response

api = Api()


def seconds(given: int | str | msgspec.UnsetType | None) -> int | None:
    """How long a filter lives: nothing said keeps what it has, an empty answer means for ever. Raises Invalid."""
    if given is msgspec.UNSET:
        return None
    if given is None or given == "":
        return FOR_EVER
    try:
        return max(int(given), 1)  # Zero seconds is over at once, not for ever.
    except ValueError:
        raise Invalid("A duration is a number of seconds.", field="expires_in") from None


class KeywordGiven(msgspec.Struct):
    id: str | int | None = None
    keyword: str | None = None
    whole_word: bool | None = None
    destroy: bool | None = msgspec.field(default=None, name="_destroy")

    def change(self) -> KeywordChange:
        """Raises NotFound for what is no id."""
        id = None if self.id in (None, "") else id_of(str(self.id))
        if id is None and self.id not in (None, ""):
            raise NotFound()
        return KeywordChange(self.keyword, self.whole_word, id, bool(self.destroy))


class FilterGiven(msgspec.Struct):
    title: str | None = None
    context: list[str] | None = None
    filter_action: str | None = None
    expires_in: int | str | msgspec.UnsetType | None = msgspec.UNSET
    keywords_attributes: list[KeywordGiven] | dict[str, KeywordGiven] = msgspec.field(
        default_factory=list[KeywordGiven]
    )

    def choice(self) -> FilterChoice:
        given = self.keywords_attributes
        changes = given.values() if isinstance(given, dict) else given
        return FilterChoice(
            self.title,
            self.context,
            self.filter_action,
            seconds(self.expires_in),
            [change.change() for change in changes],
        )


@api.get("/api/v2/filters", "read:filters", kept=True)
async def list_all(call: Call) -> Response:
    return json_response([filter_entity(each) for each in await list_filters(call.server.db, call.viewer)])


@api.post("/api/v2/filters", "write:filters")
async def create(call: Call) -> Response:
    choice = (await call.read(FilterGiven)).choice()
    return json_response(filter_entity(await filters.create_filter(call.server, call.viewer, choice)))


@api.get("/api/v2/filters/:id", "read:filters")
async def show(call: Call) -> Response:
    return json_response(filter_entity(await get_filter(call.server.db, call.viewer, call.request.id("id"))))


@api.put("/api/v2/filters/:id", "write:filters")
async def change(call: Call) -> Response:
    choice = (await call.read(FilterGiven)).choice()
    changed = await filters.change_filter(call.server, call.viewer, call.request.id("id"), choice)
    return json_response(filter_entity(changed))


@api.delete("/api/v2/filters/:id", "write:filters")
async def delete(call: Call) -> Response:
    await filters.delete_filter(call.server, call.viewer, call.request.id("id"))
    return json_response({})


@api.get("/api/v2/filters/:id/keywords", "read:filters")
async def list_keywords(call: Call) -> Response:
    full = await get_filter(call.server.db, call.viewer, call.request.id("id"))
    return json_response([keyword_entity(each) for each in full.keywords])


@api.post("/api/v2/filters/:id/keywords", "write:filters")
async def add_keyword(call: Call) -> Response:
    change = (await call.read(KeywordGiven)).change()
    made = await filters.add_keyword(call.server, call.viewer, call.request.id("id"), change)
    return json_response(keyword_entity(made))


@api.get("/api/v2/filters/keywords/:id", "read:filters")
async def show_keyword(call: Call) -> Response:
    return json_response(keyword_entity(await get_keyword(call.server.db, call.viewer, call.request.id("id"))))


class KeywordAsGiven(msgspec.Struct):
    keyword: str | None = None
    whole_word: bool | None = None


@api.put("/api/v2/filters/keywords/:id", "write:filters")
async def change_keyword(call: Call) -> Response:
    given = await call.read(KeywordAsGiven)
    change = KeywordChange(given.keyword, given.whole_word)
    changed = await filters.change_keyword(call.server, call.viewer, call.request.id("id"), change)
    return json_response(keyword_entity(changed))


@api.delete("/api/v2/filters/keywords/:id", "write:filters")
async def delete_keyword(call: Call) -> Response:
    await filters.delete_keyword(call.server, call.viewer, call.request.id("id"))
    return json_response({})


@api.get("/api/v2/filters/:id/statuses", "read:filters")
async def list_statuses(call: Call) -> Response:
    full = await get_filter(call.server.db, call.viewer, call.request.id("id"))
    return json_response([filter_status_entity(each) for each in full.statuses])


class StatusGiven(msgspec.Struct):
    status_id: str | int = ""


@api.post("/api/v2/filters/:id/statuses", "write:filters")
async def add_status(call: Call) -> Response:
    status_id = id_of(str((await call.read(StatusGiven)).status_id)) or 0
    held = await filters.add_status(call.server, call.viewer, call.request.id("id"), status_id)
    return json_response(filter_status_entity(held))


@api.get("/api/v2/filters/statuses/:id", "read:filters")
async def show_status(call: Call) -> Response:
    held = await get_filter_status(call.server.db, call.viewer, call.request.id("id"))
    return json_response(filter_status_entity(held))


@api.delete("/api/v2/filters/statuses/:id", "write:filters")
async def remove_status(call: Call) -> Response:
    held = await filters.remove_status(call.server, call.viewer, call.request.id("id"))
    return json_response(filter_status_entity(held))


ROUTES = api.routes

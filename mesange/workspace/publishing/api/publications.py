"""Publications: written, reviewed, scheduled, read from a file; why each that did not leave stayed."""

from collections.abc import Awaitable, Callable

import msgspec

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.model import Draft
from mesange.front.api import Api, Call
from mesange.front.paging import list_response, page_of
from mesange.kit.clock import iso
from mesange.kit.errors import Invalid
from mesange.kit.ids import id_of, time_of
from mesange.kit.server import Server
from mesange.kit.web.response import Response, encode_json, json_response
from mesange.workspace.publishing.actions import review, scheduling
from mesange.workspace.publishing.actions.importing import import_publications
from mesange.workspace.publishing.actions.themes import add_theme
from mesange.workspace.publishing.actions.writing import comment_on_publication, revise_publication, write_publication
from mesange.workspace.publishing.model import Publication, PublicationFilter, PublicationState
from mesange.workspace.publishing.model.imports import MOST_BYTES
from mesange.workspace.publishing.model.planning import Plan
from mesange.workspace.publishing.queries import get_publication, list_comments, list_publications

api = Api()
SIZES = (40, 200)
READ, WRITE = "read:statuses", "write:statuses"
Step = Callable[[Server, Viewer, int], Awaitable[Publication]]


class PartShown(msgspec.Struct):
    text: str
    spoiler_text: str
    visibility: str | None
    language: str | None


class PublicationShown(msgspec.Struct):
    """`reason` says why it did not leave, or what it waits for; `at` is the instant of `wall` in `zone`."""

    id: str
    organization_id: str
    account_id: str
    state: str
    parts: list[PartShown]
    at: str | None
    wall: str
    zone: str
    theme_id: str | None
    status_id: str | None
    published_at: str | None
    reason: str
    revision: int
    created_at: str


class Words(msgspec.Struct):
    """`parts` are the posts of a thread; `wall` is a local time such as 2026-10-18T09:00."""

    account_id: str = ""
    parts: list[str] = msgspec.field(default_factory=list[str])
    spoiler_text: str = ""
    visibility: str | None = None
    language: str | None = None
    wall: str = ""
    zone: str = ""
    turn: int | None = None
    theme_id: str = ""
    revision: int | None = None

    @property
    def drafts(self) -> list[Draft]:
        return [Draft(text, self.spoiler_text, None, self.language, self.visibility) for text in self.parts]

    @property
    def plan(self) -> Plan | None:
        return Plan(self.wall, self.zone, self.turn) if self.wall else None


class Wanted(msgspec.Struct):
    organization_id: str = ""
    state: str = ""
    account_id: str = ""
    theme_id: str = ""


class Note(msgspec.Struct):
    text: str = ""


class ThemeGiven(msgspec.Struct):
    organization_id: str = ""
    name: str = ""
    colour: int = 0


class FileGiven(msgspec.Struct):
    organization_id: str = ""
    zone: str = "UTC"


def shown(publication: Publication) -> PublicationShown:
    drafts = publication.drafts
    return PublicationShown(
        id=str(publication.id),
        organization_id=str(publication.organization_id),
        account_id=str(publication.account_id),
        state=publication.state.value,
        parts=[PartShown(each.text, each.spoiler_text, each.visibility, each.language) for each in drafts],
        at=iso(publication.planned_at) if publication.planned_at is not None else None,
        wall=publication.wall,
        zone=publication.zone,
        theme_id=str(publication.theme_id) if publication.theme_id else None,
        status_id=str(publication.status_id) if publication.status_id else None,
        published_at=iso(publication.published_at) if publication.published_at else None,
        reason=publication.reason,
        revision=publication.revision,
        created_at=iso(time_of(publication.id)),
    )


def number(text: str) -> int:
    """What is no id is one that nothing has."""
    return id_of(text) or 0


@api.get("/api/mesange/publications", READ)
async def show_publications(call: Call) -> Response:
    asked, page = call.query(Wanted), page_of(call, SIZES)
    try:
        states = [PublicationState(name) for name in asked.state.split(",") if name]
    except ValueError as error:
        raise Invalid("There is no such state.", field="state") from error
    only = PublicationFilter(states, number(asked.account_id), number(asked.theme_id))
    found = await list_publications(call.server.db, call.viewer, number(asked.organization_id), page, only)
    return list_response(call, encode_json([shown(each) for each in found]), [each.id for each in found], page)


@api.post("/api/mesange/publications", WRITE)
async def create_publication(call: Call) -> Response:
    given = await call.read(Words)
    theme_id = number(given.theme_id) if given.theme_id else None
    account_id = number(given.account_id) if given.account_id else call.viewer.account_id
    made = await write_publication(call.server, call.viewer, account_id, given.drafts, given.plan, theme_id)
    return json_response(shown(made))


@api.post("/api/mesange/publications/import", WRITE)
async def import_file(call: Call) -> Response:
    """The body is the file itself. 200 also with faulty lines: each is named, and the others are in."""
    asked, content = call.query(FileGiven), await call.request.body(MOST_BYTES + 1)
    done = await import_publications(call.server, call.viewer, number(asked.organization_id), content, asked.zone)
    faulty = [{"line": line.number, "reason": line.reason} for line in done.faulty]
    return json_response({"accepted": len(done.made), "faulty": faulty})


@api.post("/api/mesange/themes", WRITE)
async def create_theme(call: Call) -> Response:
    given = await call.read(ThemeGiven)
    theme = await add_theme(call.server, call.viewer, number(given.organization_id), given.name, given.colour)
    return json_response({"id": str(theme.id), "name": theme.name, "colour": theme.colour})


@api.get("/api/mesange/publications/:id", READ)
async def show_publication(call: Call) -> Response:
    return json_response(shown(await get_publication(call.server.db, call.viewer, call.request.id("id"))))


@api.put("/api/mesange/publications/:id", WRITE)
async def change_words(call: Call) -> Response:
    given = await call.read(Words)
    id = call.request.id("id")
    return json_response(shown(await revise_publication(call.server, call.viewer, id, given.drafts, given.revision)))


@api.post("/api/mesange/publications/:id/schedule", WRITE)
async def schedule(call: Call) -> Response:
    """At the time that is given, or now; another time for what is scheduled already."""
    plan, id = (await call.read(Words)).plan, call.request.id("id")
    if plan is None:
        return json_response(shown(await scheduling.schedule_publication(call.server, call.viewer, id)))
    return json_response(shown(await scheduling.move_publication(call.server, call.viewer, id, plan)))


@api.post("/api/mesange/publications/:id/request_changes", WRITE)
async def send_back(call: Call) -> Response:
    note, id = await call.read(Note), call.request.id("id")
    return json_response(shown(await review.request_changes(call.server, call.viewer, id, note.text)))


def _stepping(name: str, step: Step) -> None:
    async def take(call: Call) -> Response:
        return json_response(shown(await step(call.server, call.viewer, call.request.id("id"))))

    api.post(f"/api/mesange/publications/:id/{name}", WRITE)(take)


_stepping("submit", review.submit_publication)
_stepping("approve", review.approve_publication)
_stepping("unschedule", scheduling.unschedule_publication)
_stepping("cancel", scheduling.cancel_publication)
_stepping("reopen", scheduling.reopen_publication)


@api.get("/api/mesange/publications/:id/comments", READ)
async def show_comments(call: Call) -> Response:
    page = page_of(call, SIZES)
    found = await list_comments(call.server.db, call.viewer, call.request.id("id"), page)
    body = [{"id": str(each.id), "user_id": str(each.user_id), "text": each.text} for each in found]
    return list_response(call, encode_json(body), [each.id for each in found], page)


@api.post("/api/mesange/publications/:id/comments", WRITE)
async def comment(call: Call) -> Response:
    note, id = await call.read(Note), call.request.id("id")
    made = await comment_on_publication(call.server, call.viewer, id, note.text)
    return json_response({"id": str(made.id), "user_id": str(made.user_id), "text": made.text})


ROUTES = api.routes

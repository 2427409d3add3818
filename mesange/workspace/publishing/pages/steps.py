"""The buttons of a publication, and the same for many chosen at once."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time
from typing import TypeAlias

from mesange.core.accounts.model import Viewer
from mesange.front.clocks import place_of
from mesange.front.guard import safe_return
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Forbidden, Invalid, MesangeError, NotFound
from mesange.kit.server import Server
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Told
from mesange.kit.web.response import Response
from mesange.kit.zones import instant_of, wall_of
from mesange.workspace.publishing.actions.review import approve_publication, request_changes, submit_publication
from mesange.workspace.publishing.actions.scheduling import (
    cancel_publication,
    move_publication,
    reopen_publication,
    schedule_publication,
    unschedule_publication,
)
from mesange.workspace.publishing.model import Publication
from mesange.workspace.publishing.model.planning import Plan, plan_at
from mesange.workspace.publishing.pages.address import day_in
from mesange.workspace.publishing.pages.desk import desk_of
from mesange.workspace.publishing.pages.publication import page_of
from mesange.workspace.publishing.queries import get_publication

Verb: TypeAlias = Callable[[Server, Viewer, int], Awaitable[Publication]]
MOST_AT_ONCE = 200


async def _schedule(server: Server, viewer: Viewer, publication_id: int) -> Publication:
    """At the time it was given; now, when it has none."""
    publication = await get_publication(server.db, viewer, publication_id)
    plan = Plan(publication.wall, publication.zone, publication.turn) if publication.planned_at else None
    return await schedule_publication(server, viewer, publication_id, plan)


VERBS: Mapping[str, Verb] = {
    "submit": submit_publication,
    "approve": approve_publication,
    "schedule": _schedule,
    "unschedule": unschedule_publication,
    "cancel": cancel_publication,
    "reopen": reopen_publication,
}
IN_BULK = ("submit", "approve", "schedule", "cancel")


async def take(visit: Visit) -> Response:
    """`verb` of the address; a refusal stands on the page of the publication, with its reason."""
    verb = VERBS.get(visit.request.segments["verb"])
    if verb is None:
        raise NotFound()
    return await _taken(visit, verb)


async def ask_changes(visit: Visit) -> Response:
    async def verb(server: Server, viewer: Viewer, publication_id: int) -> Publication:
        return await request_changes(server, viewer, publication_id, visit.text("note"))

    return await _taken(visit, verb)


async def _taken(visit: Visit, verb: Verb) -> Response:
    publication_id = visit.request.id("id")
    try:
        await verb(visit.server, visit.viewer, publication_id)
    except (Invalid, Conflict, Forbidden) as error:
        publication = await get_publication(visit.server.db, visit.viewer, publication_id)
        desk = await desk_of(visit, publication.organization_id)
        refused = Conflict(error.public_text) if isinstance(error, Invalid) else error
        return await page_of(visit, publication, desk, error=refused)
    return visit.back(f"/publishing/{publication_id}", told="step-taken")


async def move(visit: Visit) -> Response:
    """To another day (`day`), and another hour of it when one is named; minutes stay, and so does the zone."""
    publication = await get_publication(visit.server.db, visit.viewer, visit.request.id("id"))
    try:
        await move_publication(visit.server, visit.viewer, publication.id, await _plan(visit, publication))
    except (Invalid, Conflict, Forbidden) as error:
        if not visit.is_fragment:
            desk = await desk_of(visit, publication.organization_id)
            return await page_of(visit, publication, desk, error=Conflict(visit.gettext(error.public_text)))
        response = visit.fragment(visit.gettext(error.public_text))
        response.status = error.http_status
        return response
    if visit.is_fragment:
        return visit.fragment(visit.gettext(_("Moved to")))
    return visit.back(f"/publishing/{publication.id}", told="step-taken")


async def _plan(visit: Visit, publication: Publication) -> Plan:
    """A day and an hour of the calendar are those of its viewer; the zone it was planned in stays. Raises Invalid."""
    day, hour = day_in(visit.text("day")), visit.text("hour")
    if day is None:
        raise Invalid("Give the day and the hour, both.", field="wall")
    zone = (await place_of(visit)).zone
    at = wall_of(publication.planned_at, zone).time() if publication.planned_at else time(9)
    at = at.replace(second=0, microsecond=0, fold=0)
    if hour.isascii() and hour.isdigit() and len(hour) == 2 and int(hour) < 24:
        at = at.replace(hour=int(hour))
    instant = instant_of(datetime.combine(day, at), zone, turn=0)
    return plan_at(instant, publication.zone or zone.key)


async def bulk(visit: Visit) -> Response:
    """The same step for every one chosen: what refuses says why, the others take it."""
    verb = VERBS.get(visit.text("do")) if visit.text("do") in IN_BULK else None
    if verb is None:
        raise NotFound()
    desk = await desk_of(visit)
    done, refused = 0, list[tuple[int, MesangeError]]()
    for publication_id in visit.ids("chosen")[:MOST_AT_ONCE]:
        try:
            await verb(visit.server, visit.viewer, publication_id)
            done += 1
        except (Invalid, Conflict, Forbidden, NotFound) as error:
            refused.append((publication_id, error))
    if not refused:
        return visit.back(safe_return(visit.text("back")), told="steps-taken")
    told = Told(visit.gettext(_("%(number)s done. What was not done, and why:"), number=done), "attention")
    return await visit.page(
        "publishing_bulk.html",
        place="publishing",
        notices=(told,),
        desk=desk,
        back=safe_return(visit.text("back")),
        refused=[(f"/publishing/{id}", visit.gettext(error.public_text)) for id, error in refused],
    )

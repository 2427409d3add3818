"""Links of our own: off until somebody wants them, made by hand or by relays, with a count for each day."""

from dataclasses import dataclass

from mesange.front.errors import refused
from mesange.front.visit import Visit
from mesange.kit.clock import DAY
from mesange.kit.errors import Invalid
from mesange.kit.paging import Page
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response
from mesange.workspace.publishing.actions.links import shorten_link, stop_tracking, track_links
from mesange.workspace.publishing.model.links import LinkTracking, ShortLink
from mesange.workspace.publishing.pages.offices import Office, office_of
from mesange.workspace.publishing.pages.relays import PLACE
from mesange.workspace.publishing.queries.links import (
    get_link,
    list_days,
    list_links,
    list_trackings,
    load_clicks,
)

SHOWN = 100


@dataclass(frozen=True, slots=True)
class LinkView:
    link: ShortLink
    short: str
    handle: str
    people: int
    bots: int


def _view(visit: Visit, office: Office, link: ShortLink, clicks: tuple[int, int]) -> LinkView:
    short = f"{visit.server.settings.public_origin}/l/{link.code}"
    return LinkView(link, short, office.handles.get(link.account_id, ""), *clicks)


async def show_all(visit: Visit) -> Response:
    return await _show_all(visit, await office_of(visit), Form())


async def _show_all(visit: Visit, office: Office, form: Form, status: int = 200) -> Response:
    db = visit.server.db
    found = await list_links(db, visit.viewer, office.id, Page(SHOWN))
    clicks = await load_clicks(db, [link.id for link in found])
    return await visit.page(
        "links.html",
        status=status,
        place=PLACE,
        office=office,
        links=[_view(visit, office, link, clicks.get(link.id, (0, 0))) for link in found],
        trackings=await list_trackings(db, visit.viewer, office.id),
        form=form,
    )


async def make(visit: Visit) -> Response:
    office = await office_of(visit)
    typed = {name: visit.text(name) for name in ("account", "url", "campaign")}
    try:
        link = await shorten_link(visit.server, visit.viewer, visit.id("account"), typed["url"], typed["campaign"])
    except Invalid as error:
        return await _show_all(visit, office, refused(visit, typed, error), error.http_status)
    return visit.back(f"/publishing/links/{link.id}", told="saved")


async def track(visit: Visit) -> Response:
    """Begin, change or end the tracking of an account."""
    account_id = visit.id("account")
    if visit.text("do") == "stop":
        await stop_tracking(visit.server, visit.viewer, account_id)
    else:
        values = (visit.text(name).strip() for name in ("source", "medium", "utm_campaign"))
        await track_links(visit.server, visit.viewer, LinkTracking(account_id, 0, *values))
    return visit.back(f"/publishing/links?of={visit.id('of')}", told="saved")


async def show(visit: Visit) -> Response:
    db, link_id = visit.server.db, visit.request.id("id")
    link = await get_link(db, visit.viewer, link_id)
    office = await office_of(visit, link.organization_id)
    clicks = await load_clicks(db, [link.id])
    days = await list_days(db, visit.viewer, link_id)
    return await visit.page(
        "link.html",
        place=PLACE,
        office=office,
        view=_view(visit, office, link, clicks.get(link.id, (0, 0))),
        days=[(each.day * DAY, each.people, each.bots) for each in days],
    )

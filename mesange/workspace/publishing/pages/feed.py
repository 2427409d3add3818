"""The calendar for other programs, and the page where its address is made."""

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import find_user, load_accounts
from mesange.front.visit import Visit, templates
from mesange.kit.clock import DAY, MINUTE
from mesange.kit.errors import NotFound
from mesange.kit.icalendar import Happening, icalendar
from mesange.kit.server import Server
from mesange.kit.text import excerpt
from mesange.kit.web.catalogue import chosen
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response
from mesange.workspace.publishing.actions.calendar_feeds import close_feed, open_feed
from mesange.workspace.publishing.model import Publication, PublicationFilter, PublicationState
from mesange.workspace.publishing.pages.address import ALL_BUT_CANCELLED
from mesange.workspace.publishing.pages.desk import PLACE, desk_of
from mesange.workspace.publishing.pages.words import STATES
from mesange.workspace.publishing.queries import list_calendar, list_themes
from mesange.workspace.publishing.queries.calendar_feeds import find_feed, has_feed

BACK, AHEAD = 31 * DAY, 366 * DAY
MOST = 5_000
LASTS = 5 * MINUTE
SURE = (PublicationState.SCHEDULED, PublicationState.PUBLISHING, PublicationState.PUBLISHED)


async def show(visit: Visit) -> Response:
    return await _page(visit, "")


async def change(visit: Visit) -> Response:
    """Make the address (`do` open), told this once; or revoke it (`close`)."""
    desk = await desk_of(visit)
    if visit.text("do") == "close":
        await close_feed(visit.server, visit.viewer, desk.id)
        return visit.back(f"/publishing/settings?of={desk.id}", told="stopped")
    secret = await open_feed(visit.server, visit.viewer, desk.id)
    return await _page(visit, f"{visit.server.settings.public_origin}/publishing/calendar/{secret}.ics")


async def _page(visit: Visit, address: str) -> Response:
    desk = await desk_of(visit)
    return await visit.page(
        "publishing_settings.html",
        place=PLACE,
        desk=desk,
        themes=await list_themes(visit.server.db, visit.viewer, desk.id),
        address=address,
        has_feed=await has_feed(visit.server.db, desk.id, visit.viewer.user_id),
    )


async def read(server: Server, request: Request) -> Response:
    """iCalendar, for whoever knows the address, as its member may see the calendar now. Raises NotFound."""
    feed = await find_feed(server.db, request.segments["secret"])
    user = await find_user(server.db, feed.user_id) if feed else None
    if feed is None or user is None:
        raise NotFound()
    now = server.clock.now()
    viewer = Viewer(user_id=feed.user_id)
    only = PublicationFilter(states=ALL_BUT_CANCELLED, since=now - BACK, until=now + AHEAD)
    found = await list_calendar(server.db, viewer, feed.organization_id, only, MOST)
    themes = {each.id: each.name for each in await list_themes(server.db, viewer, feed.organization_id)}
    happenings = await _happenings(server, found, themes, chosen(user.locale, ""), now)
    body = icalendar(server.settings.title, happenings)
    headers = [(b"cache-control", b"private, max-age=300"), (b"x-content-type-options", b"nosniff")]
    return Response(body, 200, b"text/calendar; charset=utf-8", headers)


async def _happenings(
    server: Server, found: list[Publication], themes: dict[int, str], language: str, now: int
) -> list[Happening]:
    accounts = await load_accounts(server, {each.account_id for each in found})
    say = templates().say

    def happening(each: Publication) -> Happening:
        words = "\n\n".join(draft.text for draft in each.drafts) if each.boosts_id is None else ""
        state = say(language, STATES[each.state].words)
        return Happening(
            uid=f"publication-{each.id}@{server.settings.domain}",
            begins=each.planned_at or 0,
            ends=(each.planned_at or 0) + LASTS,
            changed=now,
            summary=f"@{accounts[each.account_id].acct} · {state} · {excerpt(words, 60)}",
            description=words,
            url=f"{server.settings.public_origin}/publishing/{each.id}",
            categories=(themes[each.theme_id],) if each.theme_id in themes else (),
            status="CONFIRMED" if each.state in SURE else "TENTATIVE",
            sequence=each.revision,
        )

    return [happening(each) for each in found if each.account_id in accounts]

"""The editorial calendar: by month, week, day, account or as a list, whatever is looked for."""

from dataclasses import dataclass

from mesange.front.clocks import place_of
from mesange.front.views import AccountView
from mesange.front.visit import Visit, templates
from mesange.kit.web.calendar import Calendar
from mesange.kit.web.calendar import Way as Tab
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.dates import Dates
from mesange.kit.web.response import Response
from mesange.kit.zones import wall_of
from mesange.workspace.publishing.model import PublicationState, Theme
from mesange.workspace.publishing.pages.address import Way, address_of
from mesange.workspace.publishing.pages.desk import PLACE, Desk, desk_of
from mesange.workspace.publishing.pages.entries import Sight
from mesange.workspace.publishing.pages.grids import Drawing, Shown, around
from mesange.workspace.publishing.pages.words import STATES
from mesange.workspace.publishing.queries import list_colleagues, list_themes, names_of

WAYS = {
    Way.MONTH: _("Month"),
    Way.WEEK: _("Week"),
    Way.ACCOUNTS: _("Accounts"),
    Way.DAY: _("Day"),
    Way.LIST: _("List"),
}


@dataclass(frozen=True, slots=True)
class Sieve:
    """What one may look for: (value, words) of each menu."""

    accounts: tuple[AccountView, ...]
    themes: tuple[Theme, ...]
    members: tuple[tuple[int, str], ...]
    states: tuple[tuple[str, str], ...]


async def show(visit: Visit) -> Response:
    """The page; for its own script, when colleagues changed something, the calendar alone."""
    desk = await desk_of(visit)
    zone = (await place_of(visit)).zone
    now = visit.server.clock.now()
    today = wall_of(now, zone).date()
    address = address_of(visit, desk.id, today)
    themes = {theme.id: theme for theme in await list_themes(visit.server.db, visit.viewer, desk.id)}
    dates = Dates(visit.language, visit.gettext)
    drawing = Drawing(Sight(visit, desk, zone, themes), address, dates, today)
    shown = await drawing.shown(visit.server.db, visit.viewer)
    calendar = _calendar(visit, drawing, shown)
    if visit.is_fragment:
        part = templates().macro(visit.language, "publishing_parts.html", "calendar_part", await visit.frame())
        return visit.fragment(part(calendar, now, address, shown.pages))
    return await visit.page(
        "publishing.html",
        place=PLACE,
        calendar=calendar,
        since=now,
        desk=desk,
        address=address,
        pages=shown.pages,
        sieve=await _sieve(visit, desk, tuple(themes.values())),
    )


def _calendar(visit: Visit, drawing: Drawing, shown: Shown) -> Calendar:
    address, dates = drawing.address, drawing.dates
    earlier, later = around(address, shown)
    is_month = address.way in (Way.MONTH, Way.LIST)
    title = dates.month(address.day) if is_month else dates.span(shown.first, shown.last)
    return Calendar(
        title=dates.day(address.day) if address.way is Way.DAY else title,
        zone=drawing.sight.zone.key,
        ways=tuple(
            Tab(visit.gettext(words), address.at(address.day, way).url(), is_here=way is address.way)
            for way, words in WAYS.items()
        ),
        earlier=address.at(earlier).url(),
        today=address.at(drawing.today).url(),
        later=address.at(later).url(),
        grid=shown.grid,
        days=shown.days,
    )


async def _sieve(visit: Visit, desk: Desk, themes: tuple[Theme, ...]) -> Sieve:
    db = visit.server.db
    names = await names_of(db, await list_colleagues(db, desk.id))
    return Sieve(
        accounts=tuple(desk.accounts.values()),
        themes=themes,
        members=tuple(sorted(names.items(), key=lambda pair: pair[1].casefold())),
        states=tuple((state.value, visit.gettext(STATES[state].words)) for state in PublicationState),
    )

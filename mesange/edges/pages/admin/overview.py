"""The first page of the administration: how the server is, each figure beside the page where one can act on it."""

import shutil
from dataclasses import dataclass
from math import isfinite

from mesange.core.accounts.queries import count_newcomers, count_people, count_waiting
from mesange.core.moderation.queries import count_domain_blocks, count_open_appeals, count_open_reports
from mesange.core.statuses.queries import count_statuses
from mesange.core.upkeep.queries import count_work, media_bytes, posts_by_day
from mesange.edges.pages.admin.sections import admin_page, may_open
from mesange.front.visit import Visit
from mesange.kit.clock import DAY
from mesange.kit.consumers import list_backlogs
from mesange.kit.metrics import BUCKETS, Requests, RouteTimes, slowest_routes
from mesange.kit.progress import Progress
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response
from mesange.kit.web.wording import in_bytes

MOST_ROUTES = 10
SLOW = 250
"""In milliseconds: what nineteen of twenty answers should not exceed."""
DAYS_SHOWN = 14


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with its name; an alarm asks to be looked at; `url` is where one can act on it."""

    label: str
    figure: int | str
    url: str = ""
    note: str = ""
    is_alarm: bool = False


@dataclass(frozen=True, slots=True)
class RouteView:
    """`most` is what nineteen of twenty answers took at most."""

    route: str
    answers: int
    average: str
    most: str


async def show(visit: Visit) -> Response:
    server = visit.server
    slowest = slowest_routes(server.of(Requests), MOST_ROUTES)
    return await admin_page(
        visit,
        "overview.html",
        groups=[
            (visit.gettext(title), [_reachable(visit, tile) for tile in tiles])
            for title, tiles in (
                (_("People"), await _people(visit)),
                (_("Work"), await _work(visit)),
                (_("Disk"), await _disk(visit)),
                (_("Other servers"), await _elsewhere(visit)),
            )
        ],
        days=await posts_by_day(server, DAYS_SHOWN),
        consumers=await list_backlogs(server.db, server.of(Progress)),
        routes=[_route_view(each) for each in slowest],
        slow=sum(1 for each in slowest if each.most > SLOW),
        limit=SLOW,
        may_block=may_open(visit.viewer, "/admin/domains"),
    )


def _reachable(visit: Visit, tile: Tile) -> Tile:
    """Without a way to pages that are not for this reader."""
    is_open = not tile.url or may_open(visit.viewer, tile.url.partition("?")[0])
    return tile if is_open else Tile(tile.label, tile.figure, "", tile.note, tile.is_alarm)


async def _people(visit: Visit) -> list[Tile]:
    db, now = visit.server.db, visit.server.clock.now()
    people, active = await count_people(db, now - 7 * DAY)
    new = await count_newcomers(db, now - 7 * DAY)
    waiting, reports, appeals = await count_waiting(db), await count_open_reports(db), await count_open_appeals(db)
    return [
        Tile(visit.gettext(_("Accounts")), people, "/admin/accounts?state=local"),
        Tile(visit.gettext(_("New this week")), new, "/admin/accounts?state=local"),
        Tile(visit.gettext(_("Wrote this week")), active, "/admin/accounts?state=local"),
        Tile(visit.gettext(_("Sign-ups that wait")), waiting, "/admin/sign-ups", is_alarm=waiting > 0),
        Tile(visit.gettext(_("Open reports")), reports, "/admin/reports", is_alarm=reports > 0),
        Tile(visit.gettext(_("Answers to decisions")), appeals, "/admin/reports", is_alarm=appeals > 0),
        Tile(visit.gettext(_("Posts")), await count_statuses(db), "/admin/trends"),
    ]


async def _work(visit: Visit) -> list[Tile]:
    server = visit.server
    counts = await count_work(server.db)
    failed, stopped = sum(each.failed for each in counts), _stopped(visit)
    parked = await server.db.value("SELECT count(*) FROM parked_events")
    behind = max((each.behind for each in await list_backlogs(server.db, server.of(Progress))), default=0)
    return [
        Tile(visit.gettext(_("Waiting")), sum(each.waiting for each in counts), "/admin/jobs"),
        Tile(visit.gettext(_("Running")), sum(each.running for each in counts), "/admin/jobs"),
        Tile(visit.gettext(_("Given up")), failed, "/admin/jobs", is_alarm=failed > 0),
        Tile(visit.gettext(_("Regular work that fails")), stopped, "/admin/jobs", is_alarm=stopped > 0),
        Tile(visit.gettext(_("Parked events")), parked, "/admin/parked", is_alarm=parked > 0),
        Tile(visit.gettext(_("Events behind")), behind, "/admin/parked"),
    ]


def _stopped(visit: Visit) -> int:
    return sum(1 for run in visit.server.of(Progress).jobs.values() if run.error)


async def _disk(visit: Visit) -> list[Tile]:
    server = visit.server
    free = shutil.disk_usage(server.settings.data).free
    sizes = (
        (_("Database"), await server.db.size(), "", False),
        (_("Files of people"), await media_bytes(server), "", False),
        (_("Free space"), free, "", free < server.settings.media_free_space),
    )
    return [
        Tile(visit.gettext(label), in_bytes(size, visit.language), url, is_alarm=is_alarm)
        for label, size, url, is_alarm in sizes
    ]


async def _elsewhere(visit: Visit) -> list[Tile]:
    blocks = await count_domain_blocks(visit.server.db)
    return [Tile(visit.gettext(_("Servers kept away")), blocks, "/admin/domains")]


def _route_view(times: RouteTimes) -> RouteView:
    most = f"{times.most:g} ms" if isfinite(times.most) else f"> {BUCKETS[-1] * 1000:g} ms"
    return RouteView(times.route, times.answers, f"{times.average:.1f} ms", most)

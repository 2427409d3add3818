"""The first page of the administration: how the server is."""

import shutil
from dataclasses import dataclass
from math import isfinite

from mesange.core.accounts.queries import count_people
from mesange.core.statuses.queries import count_statuses
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.visit import Visit
from mesange.kit.clock import DAY
from mesange.kit.consumers import list_backlogs
from mesange.kit.metrics import BUCKETS, Requests, RouteTimes, slowest_routes
from mesange.kit.progress import JobRun, Progress
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response
from mesange.kit.web.wording import in_bytes

LITTLE_SPACE = 500_000_000
MOST_ROUTES = 10


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with its name; an alarm asks to be looked at."""

    label: str
    figure: str
    note: str = ""
    is_alarm: bool = False


@dataclass(frozen=True, slots=True)
class JobView:
    name: str
    began_at: int
    took: str
    error: str


@dataclass(frozen=True, slots=True)
class RouteView:
    """`most` is what nineteen of twenty answers took at most."""

    route: str
    answers: int
    average: str
    most: str


async def show(visit: Visit) -> Response:
    server = visit.server
    jobs = sorted(server.of(Progress).jobs.items())
    backlogs = await list_backlogs(server.db, server.of(Progress))
    return await admin_page(
        visit,
        "overview.html",
        tiles=[*await _people(visit), *await _machine(visit)],
        consumers=backlogs,
        jobs=[_job_view(name, run) for name, run in jobs],
        routes=[_route_view(each) for each in slowest_routes(server.of(Requests), MOST_ROUTES)],
    )


async def _people(visit: Visit) -> list[Tile]:
    people, active = await count_people(visit.server.db, visit.server.clock.now() - 30 * DAY)
    posts = await count_statuses(visit.server.db)
    note = visit.gettext(_("%(number)s wrote this month"), number=active)
    return [
        Tile(visit.gettext(_("People")), str(people), note),
        Tile(visit.gettext(_("Posts")), str(posts)),
    ]


async def _machine(visit: Visit) -> list[Tile]:
    server = visit.server
    free = shutil.disk_usage(server.settings.data).free
    parked = await server.db.value("SELECT count(*) FROM parked_events")
    waiting = await server.db.value("SELECT count(*) FROM mails WHERE next_attempt_at IS NOT NULL")
    failed = await server.db.value("SELECT count(*) FROM mails WHERE failed_reason IS NOT NULL")
    note = visit.gettext(_("%(number)s waiting"), number=waiting)
    return [
        Tile(visit.gettext(_("Parked events")), str(parked), is_alarm=parked > 0),
        Tile(visit.gettext(_("Mails given up")), str(failed), note, is_alarm=failed > 0),
        Tile(visit.gettext(_("Database")), in_bytes(await server.db.size(), visit.language)),
        Tile(visit.gettext(_("Free space")), in_bytes(free, visit.language), is_alarm=free < LITTLE_SPACE),
    ]


def _job_view(name: str, run: JobRun) -> JobView:
    return JobView(name, run.began_at, f"{run.milliseconds:.0f} ms", run.error)


def _route_view(times: RouteTimes) -> RouteView:
    most = f"{times.most:g} ms" if isfinite(times.most) else f"> {BUCKETS[-1] * 1000:g} ms"
    return RouteView(times.route, times.answers, f"{times.average:.1f} ms", most)

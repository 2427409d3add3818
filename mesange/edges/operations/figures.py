"""What Prometheus reads."""

import os
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mesange.edges.operations.guard import is_operator
from mesange.kit.consumers import list_backlogs
from mesange.kit.errors import NotFound
from mesange.kit.metrics import Requests, Sample, family, requests_text
from mesange.kit.progress import Progress
from mesange.kit.recent import Recent
from mesange.kit.rendered import Cache
from mesange.kit.server import Server
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response

TEXT = b"text/plain; version=0.0.4; charset=utf-8"
PAGE = os.sysconf("SC_PAGE_SIZE")


async def metrics(server: Server, request: Request) -> Response:
    """Raises NotFound for who is no operator: nothing is computed for them."""
    if not is_operator(server, request):
        raise NotFound()
    text = requests_text(server.of(Requests)) + await _background(server) + _process(server)
    return Response(text.encode(), 200, TEXT, [(b"cache-control", b"no-store")])


async def _background(server: Server) -> str:
    progress = server.of(Progress)
    backlogs = await list_backlogs(server.db, progress)
    waiting = await server.db.value("SELECT count(*) FROM mails WHERE next_attempt_at IS NOT NULL")
    failed = await server.db.value("SELECT count(*) FROM mails WHERE failed_reason IS NOT NULL")
    jobs = sorted(progress.jobs.items())
    return "".join(
        (
            family("mesange_consumer_behind", "gauge", "Events a consumer has not handled.",
                   [({"consumer": each.name}, each.behind) for each in backlogs]),
            family("mesange_events_parked", "gauge", "Events a consumer gave up.",
                   [({"consumer": each.name}, each.parked) for each in backlogs]),
            family("mesange_job_seconds", "gauge", "Time of a job's last run.",
                   [({"job": name}, run.milliseconds / 1000) for name, run in jobs]),
            family("mesange_job_failed", "gauge", "Whether a job's last run failed.",
                   [({"job": name}, float(bool(run.error))) for name, run in jobs]),
            family("mesange_mails_waiting", "gauge", "Mails on their way.", [({}, waiting)]),
            family("mesange_mails_failed", "gauge", "Mails given up.", [({}, failed)]),
        )
    )  # fmt: skip


def _process(server: Server) -> str:
    return "".join(
        (
            family("mesange_database", "gauge", "The writers of this process.",
                   [({"figure": name}, value) for name, value in sorted(server.db.figures().items())]),
            family("mesange_live_listeners", "gauge", "Open streams, by channel followed.",
                   [({}, server.live.listening)]),
            family("mesange_kept_entries", "gauge", "Entries of what is kept in memory.", _kept(server)),
            family("mesange_memory_bytes", "gauge", "Memory of this process.",
                   [({"kind": "now"}, _resident()), ({"kind": "most"}, _most_resident())]),
        )
    )  # fmt: skip


def _kept(server: Server) -> Iterator[Sample]:
    """Every dictionary that a room or an edge keeps at hand."""
    for kind, part in sorted(server.parts(), key=lambda each: each[0].__name__):
        attributes: Any = getattr(part, "__dict__", {})
        for name in sorted(attributes):
            if isinstance(attributes[name], Recent | Cache):
                yield {"part": kind.__name__, "name": name.strip("_")}, float(len(attributes[name]))


def _resident() -> float:
    try:
        return float(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE
    except (OSError, IndexError):
        return _most_resident()


def _most_resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0

"""Whether this process lives, and whether it can do its work."""

import shutil

from mesange.edges.operations.guard import is_operator
from mesange.kit.consumers import list_backlogs
from mesange.kit.db.migrate import current_version
from mesange.kit.errors import MesangeError
from mesange.kit.progress import Progress
from mesange.kit.server import Server
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, json_response

TEXT = b"text/plain; charset=utf-8"
MOST_BEHIND = 10_000
LEAST_SPACE = 50_000_000
KEPT_FOR = 1_000
"""Milliseconds: however often it is asked, the disk is written once a second."""
FRESH = [(b"cache-control", b"no-store")]


class Readiness:
    """What was found last, and when."""

    def __init__(self) -> None:
        self.at = 0
        self.troubles: dict[str, str] = {}


async def livez(server: Server, request: Request) -> Response:
    """This process answers: nothing else is looked at, so a full disk does not have it restarted."""
    return Response(b"OK\n", 200, TEXT, list(FRESH))


async def readyz(server: Server, request: Request) -> Response:
    """200 when requests may be sent here, else 503; what is wrong is told to operators alone."""
    troubles = await _troubles(server)
    status = 503 if troubles else 200
    if is_operator(server, request):
        response = json_response({"ready": not troubles, "troubles": troubles}, status)
        response.headers = list(FRESH)
        return response
    return Response(b"not ready\n" if troubles else b"OK\n", status, TEXT, list(FRESH))


async def _troubles(server: Server) -> dict[str, str]:
    kept, now = server.of(Readiness), server.clock.now()
    if now - kept.at >= KEPT_FOR:
        kept.troubles = await _look(server, now)
        kept.at = now
    return kept.troubles


async def _look(server: Server, now: int) -> dict[str, str]:
    troubles: dict[str, str] = {}
    try:
        async with server.db.transaction() as tx:
            await tx.execute(
                "INSERT INTO facts (name, value) VALUES ('ready_at', ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                str(now),
            )
        if await current_version(server.db) < server.of(Progress).newest_migration:
            troubles["migrations"] = "the database is older than the program"
        for backlog in await list_backlogs(server.db, server.of(Progress)):
            if backlog.name in server.of(Progress).consumers and backlog.behind > MOST_BEHIND:
                troubles[f"consumer {backlog.name}"] = f"{backlog.behind} events behind"
    except (MesangeError, OSError) as error:
        troubles["database"] = type(error).__name__
    if shutil.disk_usage(server.settings.data).free < LEAST_SPACE:
        troubles["disk"] = "nearly full"
    return troubles

"""NodeInfo 2.0 and 2.1: the software of this server and how many people use it, for those who count servers."""

from typing import Any

from mesange import __version__
from mesange.core.accounts.queries import count_people
from mesange.core.statuses.queries import count_statuses
from mesange.edges.discovery.documents import json_document
from mesange.kit.clock import DAY
from mesange.kit.errors import NotFound
from mesange.kit.server import Server
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response

SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/"
VERSIONS = ("2.0", "2.1")


async def nodeinfo_links(server: Server, request: Request) -> Response:
    origin = server.settings.public_origin
    links = [{"rel": f"{SCHEMA}{version}", "href": f"{origin}/nodeinfo/{version}"} for version in VERSIONS]
    return json_document(request, {"links": links})


async def nodeinfo(server: Server, request: Request) -> Response:
    version = request.segments["version"]
    if version not in VERSIONS:
        raise NotFound()
    media_type = f'application/json; profile="{SCHEMA}{version}#"; charset=utf-8'
    return json_document(request, await _described(server, version), media_type.encode())


async def _described(server: Server, version: str) -> dict[str, Any]:
    settings, now = server.settings, server.clock.now()
    total, month = await count_people(server.db, now - 30 * DAY)
    _, half_year = await count_people(server.db, now - 180 * DAY)
    software = {"name": "mesange", "version": __version__}
    if version == "2.1":
        software |= {"homepage": settings.public_origin}
        software |= {"repository": settings.source_url} if settings.source_url else {}
    return {
        "version": version,
        "software": software,
        "protocols": [],
        "services": {"inbound": [], "outbound": ["atom1.0", "rss2.0"]},
        "openRegistrations": settings.takes_newcomers,
        "usage": {
            "users": {"total": total, "activeMonth": month, "activeHalfyear": half_year},
            "localPosts": await count_statuses(server.db),
        },
        "metadata": {"nodeName": settings.title, "nodeDescription": settings.description},
    }

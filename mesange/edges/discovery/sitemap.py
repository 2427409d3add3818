"""Sitemaps (sitemaps.org, 0.9): what search engines may find here, in parts, made once an hour."""

from collections.abc import Awaitable, Callable, Mapping

from markupsafe import Markup

from mesange.core.discovery.queries import Findable, list_findable_people, list_findable_posts
from mesange.edges.discovery.documents import document
from mesange.kit.clock import HOUR, iso
from mesange.kit.errors import NotFound
from mesange.kit.server import Server
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response
from mesange.kit.web.xml import DECLARATION, element

PART = 2_500
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = b"application/xml; charset=utf-8"
KINDS: Mapping[str, Callable[[Server], Awaitable[list[Findable]]]] = {
    "people": list_findable_people,
    "posts": list_findable_posts,
}


class Sitemaps:
    """Documents by name: the index, and its parts."""

    def __init__(self) -> None:
        self.made_at = 0
        self.documents: dict[str, bytes] = {}


async def sitemap_index(server: Server, request: Request) -> Response:
    return document(request, (await _documents(server))["index"], XML)


async def sitemap(server: Server, request: Request) -> Response:
    found = (await _documents(server)).get(request.segments["name"])
    if found is None:
        raise NotFound()
    return document(request, found, XML)


async def _documents(server: Server) -> dict[str, bytes]:
    kept, now = server.of(Sitemaps), server.clock.now()
    if now - kept.made_at >= HOUR:
        parts = {f"{kind}-{number}.xml": part for kind in KINDS for number, part in await _parts(server, kind)}
        origin = server.settings.public_origin
        index = [element("sitemap", element("loc", f"{origin}/sitemaps/{name}")) for name in parts]
        kept.documents = {"index": _written("sitemapindex", index), **parts}
        kept.made_at = now
    return kept.documents


async def _parts(server: Server, kind: str) -> list[tuple[int, bytes]]:
    found = await KINDS[kind](server)
    urls = [_url(server, each) for each in found]
    return [
        (number, _written("urlset", urls[start : start + PART]))
        for number, start in enumerate(range(0, len(urls), PART), 1)
    ]


def _url(server: Server, each: Findable) -> Markup:
    page = f"{server.settings.public_origin}/@{each.username}" + (f"/{each.status_id}" if each.status_id else "")
    changed = [element("lastmod", iso(each.changed_at))] if each.changed_at else []
    return element("url", element("loc", page), *changed)


def _written(kind: str, content: list[Markup]) -> bytes:
    return (DECLARATION + element(kind, *content, xmlns=NAMESPACE)).encode()

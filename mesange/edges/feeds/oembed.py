"""oEmbed (oembed.com): how another site shows one of our posts, in JSON or XML."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from mesange.core.accounts.model import VISITOR, Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import visible_status
from mesange.edges.feeds.entries import profile_url, status_url
from mesange.kit.errors import MesangeError, NotFound
from mesange.kit.ids import id_of
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.kit.text import excerpt
from mesange.kit.text.embedding import USUAL_WIDTH, frame_height, frame_html
from mesange.kit.web.plain_errors import FOR_ANYONE
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, json_response
from mesange.kit.web.tagged import tagged
from mesange.kit.web.xml import DECLARATION, element

POST = re.compile(r"/(?:@|users/)(?P<name>[\w.-]{1,60})/(?:statuses/)?(?P<id>\d{1,20})/?", re.ASCII)
LEAST_WIDTH, MOST_WIDTH = 220, 1_000
KEPT_SECONDS = 300


class NoSuchFormat(MesangeError):
    http_status = 501
    code = "not_implemented"
    public_text = "This server speaks oEmbed in JSON and XML only."


async def oembed(server: Server, request: Request) -> Response:
    asked = request.query
    write = FORMATS.get(str(asked.get("format", "json")))
    if write is None:
        raise NoSuchFormat()
    url = asked.get("url")
    status, author = await _post_at(server, url if isinstance(url, str) else "")
    body = write(_described(server.settings, status, author, _width(asked.get("maxwidth"))))
    body.headers = [FOR_ANYONE, (b"cache-control", b"public, max-age=%d" % KEPT_SECONDS)]
    return tagged(body).answer(request)


def _in_xml(told: Mapping[str, object]) -> Response:
    inside = [element(name, str(value)) for name, value in told.items()]
    return Response((DECLARATION + element("oembed", *inside)).encode(), 200, b"text/xml; charset=utf-8")


FORMATS: Mapping[str, Callable[[Mapping[str, object]], Response]] = {"json": json_response, "xml": _in_xml}


async def _post_at(server: Server, url: str) -> tuple[Status, Account]:
    """The open post of ours at this address. Raises NotFound, the same for all that is not one."""
    parts = urlsplit(url) if len(url) < 2_000 and "[" not in url else urlsplit("")
    found = POST.fullmatch(parts.path)
    if parts.netloc.lower() != server.settings.domain.lower() or found is None:
        raise NotFound()
    status = await visible_status(server, VISITOR, id_of(found["id"]) or 0)
    author = (await load_accounts(server, [status.account_id]))[status.account_id]
    if author.domain or author.username.lower() != found["name"].lower() or status.reblog_of_id:
        raise NotFound()
    return status, author


def _width(asked: object) -> int:
    wanted = (
        int(asked) if isinstance(asked, str) and asked.isascii() and asked.isdigit() and len(asked) < 6 else USUAL_WIDTH
    )
    return min(max(wanted, LEAST_WIDTH), MOST_WIDTH)


def _described(settings: Settings, status: Status, author: Account, width: int) -> dict[str, object]:
    name = author.display_name or author.username
    height = frame_height(status.spoiler_text or status.text, width, holds_more=bool(status.holds))
    return {
        "type": "rich",
        "version": "1.0",
        "title": f"{name}: {excerpt(status.spoiler_text or status.text, 80)}",
        "author_name": name,
        "author_url": profile_url(settings, author),
        "provider_name": settings.title,
        "provider_url": f"{settings.public_origin}/",
        "cache_age": KEPT_SECONDS,
        "html": frame_html(f"{status_url(settings, author, status)}/embed", name, width, height),
        "width": width,
        "height": height,
    }

"""Style, scripts and drawings of the pages; the pictures people gave us."""

from mesange.core.media.memory import note_use
from mesange.front.visit import assets, stranger_of
from mesange.kit.errors import NotFound
from mesange.kit.media import is_name, type_of
from mesange.kit.server import Server
from mesange.kit.web.files import send_file
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, redirect

FOR_EVER = (b"cache-control", b"public, max-age=31536000, immutable")
FOR_AN_HOUR = (b"cache-control", b"public, max-age=3600")
ASKED_EACH_TIME = (b"cache-control", b"no-cache")
NO_SNIFF = (b"x-content-type-options", b"nosniff")
HARMLESS = (b"content-security-policy", b"default-src 'none'; sandbox")
OURS_ALONE = (b"content-security-policy", b"default-src 'none'; connect-src 'self'")


async def static(server: Server, request: Request) -> Response:
    """`VERSION/name` may be kept for ever; `name` alone, for clients of the API, is asked again."""
    version, _, versioned = request.segments["name"].partition("/")
    is_current = version == assets().version
    asset = assets().find(versioned if is_current else request.segments["name"])
    if asset is None:
        raise NotFound()
    return asset.answer(request, FOR_EVER if is_current else FOR_AN_HOUR, NO_SNIFF)


async def worker(server: Server, request: Request) -> Response:
    """What answers in a browser without a network. Its address names the version, which the browser compares."""
    return assets().get("js/worker.js").answer(request, ASKED_EACH_TIME, NO_SNIFF, OURS_ALONE)


async def offline(server: Server, request: Request) -> Response:
    """What the worker keeps: the same for everyone, in this browser's language and colours."""
    visit = stranger_of(server, request)
    visit.cookies, visit.is_indexable = {}, False
    return await visit.page("offline.html")


async def picture(server: Server, request: Request) -> Response | None:
    """A file that somebody gave us: its name is random and its content never changes."""
    name = request.segments["name"]
    size = await server.media.size(name) if is_name(name) else None
    if size is None:
        raise NotFound()
    note_use(server, name)
    kind = (b"content-type", type_of(name).encode())
    return await send_file(request, server.media, name, size, [kind, FOR_EVER, NO_SNIFF, HARMLESS])


async def favicon(server: Server, request: Request) -> Response:
    return redirect(assets().url("images/bird.svg"), 301)

"""Style, scripts and drawings of the pages; the pictures people gave us."""

from mesange.core.media.memory import note_use
from mesange.edges.pages.visit import assets
from mesange.kit.errors import NotFound
from mesange.kit.media import is_name, type_of
from mesange.kit.server import Server
from mesange.kit.web.files import send_file
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, redirect

FOR_EVER = (b"cache-control", b"public, max-age=31536000, immutable")
FOR_AN_HOUR = (b"cache-control", b"public, max-age=3600")
NO_SNIFF = (b"x-content-type-options", b"nosniff")
HARMLESS = (b"content-security-policy", b"default-src 'none'; sandbox")


async def static(server: Server, request: Request) -> Response:
    """`VERSION/name` may be kept for ever; `name` alone, for clients of the API, is asked again."""
    version, _, versioned = request.segments["name"].partition("/")
    is_current = version == assets().version
    asset = assets().find(versioned if is_current else request.segments["name"])
    if asset is None:
        raise NotFound()
    headers = [FOR_EVER if is_current else FOR_AN_HOUR, NO_SNIFF, (b"vary", b"accept-encoding")]
    if "gzip" in request.header(b"accept-encoding"):
        return Response(asset.zipped, 200, asset.media_type, [*headers, (b"content-encoding", b"gzip")])
    return Response(asset.content, 200, asset.media_type, headers)


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

"""Style, scripts and drawings of the pages; the pictures people gave us."""

from mesange.edges.pages.visit import assets
from mesange.kit.errors import NotFound
from mesange.kit.images import read_picture
from mesange.kit.server import Server
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, redirect

FOR_EVER = (b"cache-control", b"public, max-age=31536000, immutable")
NO_SNIFF = (b"x-content-type-options", b"nosniff")
HARMLESS = (b"content-security-policy", b"default-src 'none'; sandbox")


async def static(server: Server, request: Request) -> Response:
    """An address with an older version still answers, but is not kept."""
    asset = assets().find(request.segments["name"])
    if asset is None:
        raise NotFound()
    is_current = request.segments["version"] == assets().version
    headers = [FOR_EVER if is_current else (b"cache-control", b"no-cache"), NO_SNIFF, (b"vary", b"accept-encoding")]
    if "gzip" in request.header(b"accept-encoding"):
        return Response(asset.zipped, 200, asset.media_type, [*headers, (b"content-encoding", b"gzip")])
    return Response(asset.content, 200, asset.media_type, headers)


async def picture(server: Server, request: Request) -> Response:
    """An avatar or header: its name is random and its content never changes."""
    content = await read_picture(server.settings.data, request.segments["name"])
    if content is None:
        raise NotFound()
    return Response(content, 200, b"image/webp", [FOR_EVER, NO_SNIFF, HARMLESS])


async def favicon(server: Server, request: Request) -> Response:
    return redirect(assets().url("images/bird.svg"), 301)

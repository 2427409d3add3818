"""Everything that this edge answers to."""

from mesange.edges.operations.figures import metrics
from mesange.edges.operations.health import livez, readyz
from mesange.kit.errors import MesangeError
from mesange.kit.server import Server
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response
from mesange.kit.web.router import Route


async def plain_error(server: Server, request: Request, error: MesangeError) -> Response:
    return Response(error.public_text.encode() + b"\n", error.http_status, b"text/plain; charset=utf-8")


ROUTES = [
    Route("GET", "/livez", livez, plain_error),
    Route("GET", "/readyz", readyz, plain_error),
    Route("GET", "/metrics", metrics, plain_error),
]

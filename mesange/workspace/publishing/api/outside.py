"""What strangers ask: whoever follows one of our links, and the hubs that call us."""

from contextlib import suppress

from mesange.kit.errors import NotFound, Unavailable
from mesange.kit.feeds.reading import MOST_BYTES
from mesange.kit.server import Server
from mesange.kit.web.plain_errors import plain_json_error
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response
from mesange.kit.web.router import Route
from mesange.workspace.publishing.actions.hubs import answer_hub, hear_hub
from mesange.workspace.publishing.actions.links import count_click
from mesange.workspace.publishing.model.links import in_ascii
from mesange.workspace.publishing.queries.links import find_link

TEXT = b"text/plain; charset=utf-8"
ASKED = ("mode", "topic", "challenge", "lease_seconds")


async def lead_on(server: Server, request: Request) -> Response:
    """302 to the address, told to nobody's memory: each time counts, and no cookie is set."""
    link = await find_link(server.db, request.segments["code"])
    if link is None:
        raise NotFound()
    if request.method == "GET":
        with suppress(Unavailable):  # Who follows a link is led on even when nothing can be written.
            await count_click(server, link, request.header(b"user-agent"))
    headers = [
        (b"location", in_ascii(link.url).encode()),
        (b"cache-control", b"private, no-store"),
        (b"x-robots-tag", b"noindex"),
        (b"referrer-policy", b"strict-origin"),
    ]
    return Response(b"", 302, TEXT, headers)


async def confirm(server: Server, request: Request) -> Response:
    """A hub asks whether we want its calls."""
    mode, topic, challenge, lease = (str(request.query.get(f"hub.{name}", "")) for name in ASKED)
    challenge = await answer_hub(server, request.segments["token"], mode, topic, challenge, lease)
    return Response(challenge.encode(), 200, TEXT)


async def hear(server: Server, request: Request) -> Response:
    body = await request.body(MOST_BYTES)
    await hear_hub(server, request.segments["token"], request.header(b"x-hub-signature"), body)
    return Response(b"", 202, TEXT)


ROUTES = [
    Route("GET", "/l/:code", lead_on, plain_json_error),
    Route("GET", "/websub/:token", confirm, plain_json_error),
    Route("POST", "/websub/:token", hear, plain_json_error),
]

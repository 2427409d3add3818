"""A post inside a page of another site: read only, without session, cookie or script."""

from mesange.core.accounts.model import VISITOR
from mesange.edges.pages.drafts import view_of
from mesange.edges.pages.thread import status_in_path
from mesange.front.tails import tail_of
from mesange.front.visit import HTML, Visit, templates
from mesange.kit.errors import NotFound
from mesange.kit.server import Server
from mesange.kit.web import catalogue
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response
from mesange.kit.web.tagged import tagged

FRAMED = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors *"
)
HEADERS = [
    (b"content-security-policy", FRAMED.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"public, no-cache"),
    (b"vary", b"accept-language"),
]


async def show(server: Server, request: Request) -> Response:
    """The same for everyone: what the browser says of its person is not looked at. `theme=light` or `dark` suits it to
    the page around it; else it follows the device."""
    language = catalogue.chosen("", request.header(b"accept-language"))
    wanted = request.query.get("theme")
    theme = str(wanted) if wanted in ("light", "dark") else ""
    visit = Visit(server, request, VISITOR, language, theme, secret="", cookies={})
    status = await status_in_path(visit)
    if status.reblog_of_id or not status.visibility.is_open:
        raise NotFound()
    page = templates().page(
        await visit.frame(), "embed.html", post=await view_of(visit, status), alone=await tail_of(visit, status.id)
    )
    return tagged(Response(page, 200, HTML, HEADERS)).answer(request)

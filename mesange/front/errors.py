"""What happened, what to do next: every refusal as a page, or as a sentence beside the field that caused it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from mesange.core.accounts.model import AccountClosed
from mesange.core.accounts.model.sign_ups import SignUpRefused
from mesange.front.guard import safe_return
from mesange.front.visit import Visit, stranger_of, visit_of
from mesange.kit.errors import MesangeError, NotFound
from mesange.kit.server import Server
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, redirect

TITLES = {
    400: _("We could not read that"),
    401: _("Sign in first"),
    403: _("Not with this account"),
    404: _("Nothing here"),
    405: _("Not that way"),
    409: _("Somebody was faster"),
    410: _("Gone"),
    413: _("Too large"),
    422: _("Almost"),
    429: _("A little slower, please"),
    500: _("Our mistake"),
    503: _("Back in a moment"),
}
ADVICE = {
    400: _("Go back and try again; if it comes from a link, the link is broken."),
    401: _("You will come back here afterwards."),
    403: _("Another of your accounts may be allowed to; choose it, then try again."),
    404: _("Check the address, or start again from the home page."),
    405: _("Start again from the home page."),
    409: _("Load the page again to see how it is now."),
    410: _("There is nothing to wait for. Start again from the home page."),
    413: _("Send something smaller."),
    422: _("Go back: what you typed is still there."),
    429: _("Wait a moment, then try again."),
    500: _("It is written in our log. Try again; nothing you typed was sent anywhere."),
    503: _("Reading still works. Try again in a few seconds."),
}
PASSING = (429, 500, 503)
CLOSED = _("%(organization)s closed this account on %(day)s.")
MISSING = _("This page does not exist, or no longer.")


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What happened, what to do next, and one place to go."""

    status: int
    title: str
    text: str
    advice: str
    next_url: str
    next_text: str
    can_retry: bool = False
    """The same address may well answer in a moment."""


async def error_page(server: Server, request: Request, error: MesangeError) -> Response:
    is_ours = error.http_status >= 500
    visit = stranger_of(server, request) if is_ours else await visit_of(server, request)
    if error.http_status == 401 and request.method == "GET" and not visit.is_fragment:
        query = request.scope["query_string"].decode("ascii", "replace")
        address = request.path + (f"?{query}" if query else "")
        return redirect(f"/sign-in?return={quote(address)}")
    response = await visit.page("error.html", status=error.http_status, error=error_view(visit, error))
    if error.retry_after:
        response.with_header(b"retry-after", str(error.retry_after).encode())
    return response


def error_view(visit: Visit, error: MesangeError) -> ErrorView:
    status = error.http_status if error.http_status in TITLES else 500
    text = MISSING if type(error) is NotFound and error.public_text == NotFound.public_text else error.public_text
    if isinstance(error, AccountClosed):
        text = visit.gettext(CLOSED, **error.values)
    return ErrorView(
        status=status,
        title=visit.gettext(TITLES[status]),
        text=visit.gettext(text),
        advice=_advice(visit, status, error.retry_after or 0),
        next_url=f"/sign-in?return={quote(came_from(visit))}" if status == 401 else "/",
        next_text=visit.gettext(_("Sign in")) if status == 401 else visit.gettext(_("Go to the home page")),
        can_retry=status in PASSING and visit.request.method in ("GET", "HEAD"),
    )


def _advice(visit: Visit, status: int, seconds: int) -> str:
    if status != 429 or not seconds:
        return visit.gettext(ADVICE[status])
    if seconds <= 120:
        return visit.gettext(_("Try again in %(seconds)s seconds."), seconds=seconds)
    return visit.gettext(_("Try again in %(minutes)s minutes."), minutes=-(-seconds // 60))


def came_from(visit: Visit) -> str:
    """The page of ours whose form was sent, or the home page."""
    referer = urlsplit(visit.request.header(b"referer"))
    if referer.netloc != visit.request.header(b"host"):
        return "/"
    return safe_return(referer.path + (f"?{referer.query}" if referer.query else ""))


def refused(visit: Visit, values: Mapping[str, str], error: MesangeError) -> Form:
    """The form as it was filled in, with the sentence beside the field at fault."""
    problems: dict[str, str] = {}
    for problem in error.problems if isinstance(error, SignUpRefused) else (error,):
        if name := getattr(problem, "field", None):
            problems.setdefault(name, visit.gettext(problem.public_text))
    return Form.of(values, **problems)


def told_of(visit: Visit, error: MesangeError) -> tuple[Told, ...]:
    """The sentence on top of the page, for an error that no field caused."""
    return () if getattr(error, "field", None) else (Told(visit.gettext(error.public_text), "problem"),)

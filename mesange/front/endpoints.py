"""From a screen (a function of a visit) to an endpoint of the router: what is checked before each kind of screen."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias
from urllib.parse import quote

from mesange.core.accounts.actions.credentials import is_proven
from mesange.core.accounts.model import AccountFrozen, UserRole
from mesange.core.media.actions.processing import incoming_folder
from mesange.core.teams.model import SecondFactorNeeded
from mesange.front.guard import SignInNeeded, check_form, form_token, refuse_other_sites
from mesange.front.kept import find_page, keep_page
from mesange.front.limits import PER_USER, count
from mesange.front.visit import Visit, visit_of
from mesange.kit.errors import NotFound
from mesange.kit.secrets import new_secret
from mesange.kit.server import Server
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, redirect
from mesange.kit.web.router import Endpoint

WHY_SUSPENDED = "/settings/moderation"
MOST_FORM = 120_000_000
Screen: TypeAlias = Callable[[Visit], Awaitable[Response | None]]
SECURITY = "/settings/security"


def read(screen: Screen) -> Endpoint:
    """For anyone."""

    async def endpoint(server: Server, request: Request) -> Response | None:
        visit = await visit_of(server, request)
        visit.fields = request.query
        return await screen(visit)

    return endpoint


def show(screen: Screen) -> Endpoint:
    """A page for anyone, kept as visitors see it."""

    async def endpoint(server: Server, request: Request) -> Response | None:
        visit = await visit_of(server, request)
        visit.fields = request.query
        visit.address = request.path
        if _must_secure(visit):
            return redirect(SECURITY)
        if not visit.is_anonymous:
            return await screen(visit)
        head = server.eventlog.head
        response = find_page(visit)
        if response is None:
            response = await screen(visit)
            if response is not None:
                response = keep_page(visit, head, response)
        return response

    return endpoint


def door(screen: Screen) -> Endpoint:
    """A form for people who are not signed in: a passing cookie binds it to their browser."""

    async def endpoint(server: Server, request: Request) -> Response | None:
        visit = await visit_of(server, request)
        visit.fields = request.query
        visit.secret = visit.secret or new_secret()
        return await screen(visit)

    return endpoint


def write(screen: Screen) -> Endpoint:
    """A form sent by anyone who was shown it."""

    async def endpoint(server: Server, request: Request) -> Response | None:
        visit = await visit_of(server, request)
        return await screen(await _checked(visit))

    return endpoint


def choose(screen: Screen) -> Endpoint:
    """A form that changes nothing but the look of this browser: no token, but only from our own pages."""

    async def endpoint(server: Server, request: Request) -> Response | None:
        refuse_other_sites(request, server.settings)
        visit = await visit_of(server, request)
        visit.fields = await request.parameters()
        return await screen(visit)

    return endpoint


def signed_in(screen: Screen, *, writes: bool = False, takes_files: bool = False) -> Endpoint:
    """Visitors are sent to the sign-in page, and back; the suspended to what was decided about them.

    `takes_files`: those of the form are written to the disk as they come.
    """

    async def endpoint(server: Server, request: Request) -> Response | None:
        visit = await visit_of(server, request)
        if visit.suspended:
            return redirect(WHY_SUSPENDED)
        if writes and visit.viewer.is_frozen and not request.path.startswith(SECURITY):
            raise AccountFrozen()
        if writes and visit.viewer.lacks_factor and not is_on_the_way(request.path):
            raise SecondFactorNeeded()
        if takes_files and not visit.viewer.is_visitor:
            refuse_other_sites(request, server.settings)
            await request.receive_files(incoming_folder(server), MOST_FORM)
        return await _let_in(visit, screen, writes=writes)

    return endpoint


def admitted(screen: Screen, *, writes: bool = False) -> Endpoint:
    """For whoever is signed in, also as an account that moderation froze or suspended."""

    async def endpoint(server: Server, request: Request) -> Response | None:
        visit = await visit_of(server, request)
        visit.viewer = visit.suspended or visit.viewer
        return await _let_in(visit, screen, writes=writes)

    return endpoint


async def _let_in(visit: Visit, screen: Screen, *, writes: bool) -> Response | None:
    if visit.viewer.is_visitor:
        raise SignInNeeded()
    if _must_secure(visit):
        return redirect(SECURITY)
    if writes:
        count(visit, PER_USER)
        return await screen(await _checked(visit))
    visit.fields = visit.request.query
    return await screen(visit)


def proven(screen: Screen, *, writes: bool = False) -> Endpoint:
    """For what a borrowed session must not do: the person shows once more that it is them, if that is long ago."""

    async def checked(visit: Visit) -> Response | None:
        if not await is_proven(visit.server, visit.viewer):
            back = "/".join(visit.request.path.split("/")[:3])
            return redirect(f"{SECURITY}/prove?return={quote(back)}")
        return await screen(visit)

    return signed_in(checked, writes=writes)


def _must_secure(visit: Visit) -> bool:
    """Whose role asks for a second factor sets it up before anything else."""
    return visit.viewer.hindrance is not None and not is_on_the_way(visit.request.path)


def is_on_the_way(path: str) -> bool:
    """Setting up a second factor, signing out, changing to another account."""
    return path.startswith(SECURITY) or path in ("/sign-out", "/switch")


def staff(screen: Screen, least: UserRole, *, writes: bool = False) -> Endpoint:
    """For those who keep this server; for everyone else there is nothing here."""

    async def checked(visit: Visit) -> Response | None:
        if visit.viewer.role.rank < least.rank:
            raise NotFound()
        return await screen(visit)

    return signed_in(checked, writes=writes)


async def _checked(visit: Visit) -> Visit:
    refuse_other_sites(visit.request, visit.server.settings)
    visit.fields = await visit.request.parameters()
    check_form(visit.fields.get("csrf"), form_token(visit.secret))
    return visit

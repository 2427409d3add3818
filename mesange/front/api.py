"""How an endpoint of the API is run: who calls, with which right, how often; errors as JSON; pages kept until the
log moves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from mesange.core.accounts.model import VISITOR, AccountFrozen, Hindrance, Viewer
from mesange.core.accounts.model.scopes import allows
from mesange.core.accounts.model.sign_ups import SignUpRefused
from mesange.core.accounts.queries import viewer_by_token
from mesange.core.teams.model import SecondFactorNeeded
from mesange.front.limits import PER_ADDRESS, PER_USER
from mesange.front.presence import note_use
from mesange.kit.errors import Forbidden, Invalid, MesangeError, TooMany, Unauthorized
from mesange.kit.rendered import Cache
from mesange.kit.server import Server
from mesange.kit.web.limits import Limit, RateLimits, network_of
from mesange.kit.web.request import Request, Scope, Shape, shaped
from mesange.kit.web.response import Headers, Response, json_response
from mesange.kit.web.router import Route

MOST_PAGES = 12_000_000
HINDERED = {
    Hindrance.UNCONFIRMED: "Your login is missing a confirmed e-mail address",
    Hindrance.AWAITING: "Your login is currently pending approval",
    Hindrance.UNSECURED: "Your role needs a second factor: set it up on the website first",
}
CORS = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Link, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id, Mastodon-Async-Refresh",
    ),
    (b"cache-control", b"private, no-store"),
)

DEPRECATED = (b"deprecation", b"@1559347200")
"""Of what clients should no longer use (RFC 9745): Mastodon said so on 1 June 2019."""


class Who(Enum):
    """Who may call an endpoint."""

    ANYONE = 0
    CLIENT = 1
    USER = 2
    NEWCOMER = 3
    """A user, also one whose mail address is not confirmed or whom staff has not accepted yet."""


@dataclass(slots=True)
class Call:
    """One call of an endpoint."""

    server: Server
    request: Request
    viewer: Viewer

    async def read(self, shape: type[Shape]) -> Shape:
        return await self.request.read(shape)

    def query(self, shape: type[Shape]) -> Shape:
        """The query's parameters alone, for what has no body."""
        return shaped(self.request.query, shape)


Handler: TypeAlias = Callable[[Call], Awaitable[Response | None]]


@dataclass(frozen=True, slots=True)
class _Page:
    """An answer as it left, good while the event log stands where it stood when it was made."""

    head: object
    viewer: Viewer
    response: Response
    headers: Headers


PageKey: TypeAlias = tuple[bytes | None, str, bytes]
"""The Authorization header, the path, the query: an end of access moves the log, so it ends the page too."""


class Pages:
    def __init__(self) -> None:
        self.kept: Cache[PageKey, _Page] = Cache(MOST_PAGES)


def kept_page(server: Server, scope: Scope) -> Response | None:
    """The answer to a reader who asks again while nothing has happened, found before anything else is looked at."""
    authorization = None
    for name, value in scope["headers"]:
        if name == b"authorization":
            authorization = value
    page = server.of(Pages).kept.get((authorization, scope["path"], scope["query_string"]))
    if page is None or page.head != server.eventlog.head or scope["method"] != "GET" or not page.viewer.user_id:
        return None
    try:
        told = _counted(server, page.viewer, "", ())
    except MesangeError:
        return None  # Too many: the endpoint says so.
    return Response(page.response.body, 200, page.response.media_type, [*page.headers, *told])


class Api:
    """The routes of one file of the API."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def get(
        self, path: str, scope: str = "", who: Who = Who.USER, *, kept: bool = False, limit: Limit | None = None
    ) -> Callable[[Handler], Handler]:
        """`kept`: the answer depends only on the viewer, the address and what the event log tells."""
        return self._add(("GET",), path, Access(scope, who, kept, (limit,) if limit else ()))

    def post(
        self, path: str, scope: str = "", who: Who = Who.USER, *, limit: Limit | None = None
    ) -> Callable[[Handler], Handler]:
        return self._add(("POST",), path, Access(scope, who, False, (limit,) if limit else ()))

    def put(self, path: str, scope: str) -> Callable[[Handler], Handler]:
        """PUT and PATCH are one: clients use either."""
        return self._add(("PUT", "PATCH"), path, Access(scope, Who.USER, False, ()))

    def delete(self, path: str, scope: str, *, limit: Limit | None = None) -> Callable[[Handler], Handler]:
        return self._add(("DELETE",), path, Access(scope, Who.USER, False, (limit,) if limit else ()))

    def _add(self, methods: tuple[str, ...], path: str, access: "Access") -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            async def endpoint(server: Server, request: Request) -> Response | None:
                return await access.run(server, request, handler)

            self.routes += [Route(method, path, endpoint, json_error, access) for method in methods]
            return handler

        return add


@dataclass(frozen=True, slots=True)
class Access:
    """What an endpoint asks of who calls it."""

    scope: str
    who: Who
    is_kept: bool
    limits: tuple[Limit, ...]

    async def run(self, server: Server, request: Request, handler: Handler) -> Response | None:
        told: Headers = ()
        try:
            viewer = await authenticated(server, request)
            told = _counted(server, viewer, request.client_address, self.limits)
            self.check(viewer, request.method)
            seen_as = VISITOR if viewer.hindrance and self.who is Who.ANYONE else viewer
            response = await self._answered(Call(server, request, seen_as), handler)
        except MesangeError as error:
            refusal = await json_error(server, request, error)
            if isinstance(error, TooMany):
                told = error.told
            # Guessing tokens counts too.
            refusal.headers = [*refusal.headers, *(told or _counted(server, VISITOR, request.client_address, ()))]
            return refusal
        if response is None:
            return None
        return Response(response.body, response.status, response.media_type, [*response.headers, *CORS, *told])

    def check(self, viewer: Viewer, method: str) -> None:
        if viewer.token_id == 0:
            if self.who is not Who.ANYONE:
                raise Unauthorized()
        elif self.scope and not allows(viewer.scopes, self.scope):
            raise Forbidden("This action is outside the authorized scopes")
        elif self.who in (Who.USER, Who.NEWCOMER) and viewer.is_visitor:
            raise Invalid("This method requires an authenticated user")
        elif viewer.hindrance and self.who is Who.USER:
            raise Forbidden(HINDERED[viewer.hindrance])
        elif viewer.is_frozen and method != "GET":
            raise AccountFrozen()
        elif viewer.lacks_factor and method != "GET":
            raise SecondFactorNeeded()

    async def _answered(self, call: Call, handler: Handler) -> Response | None:
        if not self.is_kept:
            return await handler(call)
        pages, head, request = call.server.of(Pages).kept, call.server.eventlog.head, call.request
        key = (request.headers.get(b"authorization"), request.path, request.scope["query_string"])
        page = pages.get(key)
        if page is not None and page.head == head:
            return page.response
        is_settled = call.server.eventlog.is_settled  # Else it may show what a listener was about to forget.
        response = await handler(call)
        if is_settled and response is not None and response.status == 200:
            pages.put(key, _Page(head, call.viewer, response, [*response.headers, *CORS]), len(response.body) + 1_000)
        return response


async def authenticated(server: Server, request: Request) -> Viewer:
    """The viewer of the bearer token; a visitor without one. Raises Unauthorized for a token that is not good."""
    token = token_of(request)
    if not token:
        return VISITOR
    viewer = await viewer_by_token(server, token)
    if viewer is None:
        raise Unauthorized()
    await note_use(server, viewer)
    return viewer


def token_of(request: Request) -> str:
    """The bearer token as it was sent, "" without one."""
    authorization = request.headers.get(b"authorization")
    if authorization is None:
        return _token_in_query(request)
    return authorization[7:].strip().decode("latin-1") if authorization[:7].lower() == b"bearer " else ""


def _token_in_query(request: Request) -> str:
    """Browsers cannot set headers on an event stream; RFC 6750, 2.3."""
    if b"access_token" not in request.scope["query_string"]:
        return ""
    token = request.query.get("access_token", "")
    return token if isinstance(token, str) else ""


def _counted(server: Server, viewer: Viewer, address: str, limits: tuple[Limit, ...]) -> Headers:
    counts, now = server.of(RateLimits), server.clock.now()
    general = PER_USER if viewer.user_id else PER_ADDRESS
    if viewer.is_unlimited or server.settings.rate_limits == "off":
        return counts.free(general, now)
    # By account, not by login: what remains of a count would tell which accounts belong together.
    who: int | str = viewer.account_id or network_of(address)
    told = counts.count(general, who, now)
    for limit in limits:
        told = counts.count(limit, who, now)
    return told


async def json_error(server: Server, request: Request, error: MesangeError) -> Response:
    """`{"error": …}`, and what the kind of error adds."""
    body: dict[str, Any] = {"error": error.public_text}
    headers = list(CORS)
    if details := _details(error):
        body["details"] = details
    if isinstance(error, Unauthorized):
        headers.append((b"www-authenticate", b'Bearer realm="Mesange", error="invalid_token"'))
    if error.retry_after is not None:
        headers.append((b"retry-after", b"%d" % error.retry_after))
    response = json_response(body, error.http_status)
    response.headers = headers
    return response


def _details(error: MesangeError) -> dict[str, list[dict[str, str]]]:
    """What is wrong with each field of a sign-up."""
    details: dict[str, list[dict[str, str]]] = {}
    for problem in error.problems if isinstance(error, SignUpRefused) else (error,):
        field = getattr(problem, "field", None)
        if field in SIGN_UP_FIELDS:
            details.setdefault(field, []).append({"error": problem.code, "description": problem.public_text})
    return details


SIGN_UP_FIELDS = ("username", "email", "password", "agreement", "locale", "reason", "date_of_birth", "invitation")


def preflight(path: str) -> Response | None:
    """Answers a browser that asks whether another site's page may call this (CORS)."""
    if not path.startswith(("/api/", "/oauth/token", "/oauth/revoke", "/.well-known/", "/nodeinfo/")):
        return None
    return Response(
        status=204,
        media_type=b"text/plain",
        headers=[
            (b"access-control-allow-origin", b"*"),
            (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE"),
            (b"access-control-allow-headers", b"Authorization, Content-Type, Idempotency-Key"),
            (b"access-control-max-age", b"86400"),
        ],
    )

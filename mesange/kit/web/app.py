"""The ASGI application: finds the route, runs the endpoint, words the error, writes the answer."""

from collections.abc import Awaitable, Callable, Mapping
from time import perf_counter
from typing import Any, Protocol, TypeAlias

from mesange.kit.errors import MesangeError, NotFound
from mesange.kit.logging import log
from mesange.kit.metrics import Requests
from mesange.kit.web.request import Disconnected, Receive, Request, Scope, Send
from mesange.kit.web.response import Response
from mesange.kit.web.router import ErrorPage, Route, Router

Lifespan: TypeAlias = Callable[[Receive, Send], Awaitable[None]]
Socket: TypeAlias = Callable[[Any, Scope, Receive, Send], Awaitable[None]]


class Writer(Protocol):
    """How an answer leaves."""

    async def __call__(self, send: Send, response: Response, *, with_body: bool = True) -> None: ...


KEPT, OTHER = "(kept page)", ("any", "(no route)")
NOT_ALLOWED = MesangeError("This address does not answer to this kind of request.", code="method_not_allowed")
NOT_ALLOWED.http_status = 405


class App:
    """`errors_for(path)` words errors where no route was found; `options` answers preflight requests.

    `kept` gives an answer that is ready, before a route is looked for. `writer` lets answers leave faster than by ASGI
    messages where the server is known.
    """

    def __init__(
        self,
        server: Any,
        router: Router,
        *,
        kept: Callable[[Any, Scope], Response | None],
        errors_for: Callable[[str], ErrorPage],
        options: Callable[[str], Response | None],
        sockets: Mapping[str, Socket],
        lifespan: Lifespan,
        writer: Writer | None = None,
        requests: Requests | None = None,
    ) -> None:
        self._server = server
        self._find = router.find
        self._kept = kept
        self._errors_for = errors_for
        self._options = options
        self._sockets = sockets
        self._lifespan = lifespan
        self._write = writer or write
        self._note = (requests or Requests()).note

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif socket := self._sockets.get(scope["path"].rstrip("/")):
            await socket(self._server, scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = perf_counter()
        if response := self._kept(self._server, scope):
            await self._write(send, response)
            self._note("GET", KEPT, response.status, perf_counter() - began)
            return
        method = scope["method"]
        found = self._find(method, scope["path"])
        if isinstance(found, tuple):
            route, segments = found
            response = await self._run(route, Request(scope, receive, send, segments))
            known = route.method, route.path
        else:
            response = await self._without_route(Request(scope, receive, send, {}), found)
            known = OTHER
        if response is not None:
            await self._write(send, response, with_body=method != "HEAD")
            self._note(*known, response.status, perf_counter() - began)

    async def _run(self, route: Route, request: Request) -> Response | None:
        try:
            return await route.endpoint(self._server, request)
        except MesangeError as error:
            return await route.errors(self._server, request, error)
        except Disconnected:
            return None
        except Exception:  # The request runner: the person gets a sentence, the log gets the trace.
            log.exception("request failed", method=request.method, path=request.path)
            return await route.errors(self._server, request, MesangeError())
        finally:
            if request.files is not None:
                request.files.delete()

    async def _without_route(self, request: Request, methods: set[str]) -> Response:
        if request.method == "OPTIONS" and (response := self._options(request.path)):
            return response
        errors = self._errors_for(request.path)
        if not methods:
            return await errors(self._server, request, NotFound())
        response = await errors(self._server, request, NOT_ALLOWED)
        return response.with_header(b"allow", ", ".join(sorted(methods)).encode())


async def write(send: Send, response: Response, *, with_body: bool = True) -> None:
    body = response.body
    headers = [
        (b"content-type", response.media_type),
        (b"content-length", b"%d" % len(body)),
        *response.headers,
    ]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": body if with_body else b""})

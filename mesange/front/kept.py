"""Whole pages as visitors see them, kept until something happens: a link that goes round is read from memory."""

from typing import Generic, NamedTuple, TypeVar

from mesange.front.visit import Visit
from mesange.kit.clock import SECOND
from mesange.kit.db import Position
from mesange.kit.rendered import Cache
from mesange.kit.server import Server
from mesange.kit.web.request import Scope
from mesange.kit.web.response import Response
from mesange.kit.web.tagged import Tagged, tagged

MOST_BYTES = 12_000_000
LONGEST = 15 * SECOND
"""Pages tell times and what is alive: they are made again now and then even when nothing happens."""
OWN = frozenset((b"cookie", b"if-none-match", b"if-modified-since", b"hx-request"))
"""Headers of who brings something that the answer depends on."""

Page = TypeVar("Page")
Key = tuple[str, bytes, str, str]
ReadyKey = tuple[str, bytes, bytes, bytes]


class Kept(NamedTuple, Generic[Page]):
    """Good while the log stands at `head`, and for a moment only."""

    head: Position
    made_at: int
    page: Page

    def is_fresh(self, server: Server) -> bool:
        return self.head == server.eventlog.head and server.clock.now() - self.made_at < LONGEST


class KeptPages:
    def __init__(self) -> None:
        self.pages: Cache[Key, Kept[Tagged]] = Cache(MOST_BYTES)
        self.ready: Cache[ReadyKey, Kept[Response]] = Cache(MOST_BYTES)


def ready_page(server: Server, scope: Scope) -> Response | None:
    """The answer to a visitor who brings nothing of their own, found before anything else is looked at."""
    key = _ready_key(scope)
    kept = server.of(KeptPages).ready.get(key) if key else None
    return kept.page if kept and kept.is_fresh(server) else None


def find_page(visit: Visit) -> Response | None:
    kept = visit.server.of(KeptPages).pages.get(_key(visit))
    return _answered(visit, kept) if kept and kept.is_fresh(visit.server) else None


def keep_page(visit: Visit, head: Position, response: Response) -> Response:
    """The answer as this visitor takes it. `head` is where the log stood before the page was made."""
    if response.status != 200:
        return response
    kept = Kept(head, visit.server.clock.now(), tagged(response))
    visit.server.of(KeptPages).pages.put(_key(visit), kept, 2 * len(response.body) + 1_000)
    return _answered(visit, kept)


def _answered(visit: Visit, kept: Kept[Tagged]) -> Response:
    response = kept.page.answer(visit.request)
    if key := _ready_key(visit.request.scope):
        ready = Kept(kept.head, kept.made_at, response)
        visit.server.of(KeptPages).ready.put(key, ready, len(response.body) + 1_000)
    return response


def _key(visit: Visit) -> Key:
    return visit.request.path, visit.request.scope["query_string"], visit.language, visit.theme


def _ready_key(scope: Scope) -> ReadyKey | None:
    """None for who brings something of their own."""
    language = encoding = b""
    for name, value in scope["headers"]:
        if name in OWN:
            return None
        if name == b"accept-language":
            language = value
        elif name == b"accept-encoding":
            encoding = value
    return (scope["path"], scope["query_string"], language, encoding) if scope["method"] == "GET" else None

"""Whole pages as visitors see them, kept until something happens: a link that goes round is read from memory."""

from mesange.front.visit import Visit
from mesange.kit.clock import SECOND
from mesange.kit.db import Position
from mesange.kit.rendered import Cache
from mesange.kit.web.response import Response
from mesange.kit.web.tagged import Tagged, tagged

MOST_BYTES = 12_000_000
LONGEST = 15 * SECOND
"""Pages tell times and what is alive: they are made again now and then even when nothing happens."""

Key = tuple[str, bytes, str, str]


class KeptPages:
    def __init__(self) -> None:
        self.pages: Cache[Key, tuple[Position, int, Tagged]] = Cache(MOST_BYTES)


def find_page(visit: Visit) -> Response | None:
    found = visit.server.of(KeptPages).pages.get(_key(visit))
    if found is None:
        return None
    head, made_at, page = found
    is_fresh = head == visit.server.eventlog.head and visit.server.clock.now() - made_at < LONGEST
    return page.answer(visit.request) if is_fresh else None


def keep_page(visit: Visit, head: Position, response: Response) -> Response:
    """The answer as this visitor takes it. `head` is where the log stood before the page was made."""
    if response.status != 200:
        return response
    page, size = tagged(response), 2 * len(response.body) + 1_000
    visit.server.of(KeptPages).pages.put(_key(visit), (head, visit.server.clock.now(), page), size)
    return page.answer(visit.request)


def _key(visit: Visit) -> Key:
    return visit.request.path, visit.request.scope["query_string"], visit.language, visit.theme

"""Posts beside their index: which are missing in it, and what it holds of posts that are no more."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from mesange.core.search.tables import status_index
from mesange.events.statuses import StatusDeleted, StatusEdited, StatusesImported, StatusPublished
from mesange.kit.consumers import saved_position
from mesange.kit.db import Position, Reader
from mesange.kit.ids import HIGHEST_ID
from mesange.kit.server import Server

PORTION = 5_000
MOST_WAITING = 200_000


@dataclass(frozen=True, slots=True)
class Gaps:
    """Ids of posts, and of documents, that lack the other."""

    missing: tuple[int, ...] = ()
    superfluous: tuple[int, ...] = ()


class FarBehind(Exception):
    """The index has too much to read yet: there is nothing to compare."""


async def list_gaps(server: Server) -> AsyncGenerator[Gaps]:
    """Portion by portion, those that have gaps. What still waits to be indexed is none. Raises FarBehind."""
    index, above = status_index(server), -1
    waiting = _Waiting(server, await saved_position(server.db, "search") or (0, 0))
    while above < HIGHEST_ID:
        # The log is read last: whatever happens meanwhile to one of these stands in it.
        posts = await _posts(server.db, above)
        documents = await index.ids(server.db, above, PORTION)
        below = min(ids[-1] if len(ids) == PORTION else HIGHEST_ID for ids in (posts, documents))
        wrong = {id for id in posts if id <= below} ^ {id for id in documents if id <= below}
        if wrong and (gaps := await _judged(server.db, await waiting.without(wrong))) != Gaps():
            yield gaps
        above = below


async def _posts(db: Reader, above: int) -> list[int]:
    sql = "SELECT id FROM statuses WHERE id > ? AND reblog_of_id IS NULL ORDER BY id LIMIT ?"
    return [id for (id,) in await db.rows(sql, above, PORTION)]


async def _judged(db: Reader, wrong: set[int]) -> Gaps:
    """A post that is there lacks its document, unless it is among those that are left for later."""
    rows = await db.rows(
        "SELECT s.id, CASE WHEN EXISTS (SELECT 1 FROM search_ranges r WHERE r.account_id = s.account_id "
        "AND s.id >= r.low AND s.id <= r.high) THEN 1 ELSE 0 END FROM statuses s WHERE s.id = ANY(?)",
        sorted(wrong),
    )
    return Gaps(tuple(sorted(id for id, is_left in rows if not is_left)), tuple(sorted(wrong - {id for id, _ in rows})))


class _Waiting:
    """Posts that the consumer has yet to read of, as the log names them since its saved place."""

    def __init__(self, server: Server, position: Position) -> None:
        self._server = server
        self._position = position
        self._touched: set[int] = set()
        self._imported: list[tuple[int, int]] = []

    async def without(self, ids: set[int]) -> set[int]:
        await self._read_on()
        return {id for id in ids - self._touched if not any(low <= id <= high for low, high in self._imported)}

    async def _read_on(self) -> None:
        while batch := await self._server.eventlog.after(self._position):
            self._position = batch[-1][0]
            for _, event in batch:
                if isinstance(event, StatusPublished | StatusEdited | StatusDeleted):
                    self._touched.add(event.status_id)
                elif isinstance(event, StatusesImported):
                    self._imported.append((event.first_id, event.last_id))
            if len(self._touched) + len(self._imported) > MOST_WAITING:
                raise FarBehind

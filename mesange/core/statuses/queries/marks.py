"""What people did with statuses: counts, marks of a viewer, lists of who and what."""

from collections.abc import Iterable, Mapping, Sequence

from mesange.core.statuses.memory import StatusMemory
from mesange.core.statuses.model import (
    Mark,
    Marks,
    StatusStats,
)
from mesange.kit.db import Reader
from mesange.kit.paging import Page
from mesange.kit.server import Server


async def load_status_stats(server: Server, ids: Iterable[int]) -> dict[int, StatusStats]:
    memory = server.of(StatusMemory)
    found = {id: stats for id in ids if (stats := memory.stats.get(id))}
    missing = [id for id in ids if id not in found]
    if missing:
        since = memory.stats.forgotten
        rows = await server.db.rows(
            "SELECT status_id, reblogs, favourites, replies FROM status_stats WHERE status_id = ANY(?)", missing
        )
        counted = {id: StatusStats(*counts) for id, *counts in rows}
        for id in missing:
            found[id] = counted.get(id, StatusStats())
            memory.stats.keep(id, found[id], since)
    return found


async def load_marks(server: Server, viewer_id: int, ids: Sequence[int]) -> Mapping[int, int]:
    """What the viewer did with each status, where they did something; five queries, none when kept."""
    if not viewer_id:
        return {}
    memory = server.of(StatusMemory)
    marks = memory.marks.get(viewer_id)
    if marks is None:
        since = memory.marks.forgotten
        marks = await _read_newest_marks(server.db, viewer_id)
        memory.marks.keep(viewer_id, marks, since)
    if not marks.muted_threads and all(id >= marks.floor for id in ids):
        return marks.of
    return await _read_marks(server.db, viewer_id, list(ids))


NEWEST_MARKS = 300
MARKED_IN = (
    (Mark.FAVOURITED, "favourites", "status_id"),
    (Mark.BOOKMARKED, "bookmarks", "status_id"),
    (Mark.PINNED, "pins", "status_id"),
    (Mark.REBLOGGED, "statuses", "reblog_of_id"),
)


async def _read_newest_marks(db: Reader, viewer_id: int) -> Marks:
    of: dict[int, int] = {}
    floor = 0
    for mark, table, column in MARKED_IN:
        rows = await db.rows(
            f"SELECT id, {column} FROM {table} WHERE account_id = ? AND {column} IS NOT NULL ORDER BY id DESC LIMIT ?",
            viewer_id,
            NEWEST_MARKS,
        )
        for _, status_id in rows:
            of[status_id] = of.get(status_id, Mark.NONE) | mark
        if len(rows) == NEWEST_MARKS:
            floor = max(floor, rows[-1][0])
    muted = await db.rows("SELECT thread_id FROM thread_mutes WHERE account_id = ?", viewer_id)
    return Marks(of, floor, frozenset(thread_id for (thread_id,) in muted))


async def _read_marks(db: Reader, viewer_id: int, ids: list[int]) -> dict[int, int]:
    """Marks on exactly these statuses, however old."""
    of: dict[int, int] = {}
    for mark, table, column in MARKED_IN:
        rows = await db.rows(f"SELECT {column} FROM {table} WHERE account_id = ? AND {column} = ANY(?)", viewer_id, ids)
        for (status_id,) in rows:
            of[status_id] = of.get(status_id, Mark.NONE) | mark
    muted = await db.rows(
        "SELECT s.id FROM thread_mutes m JOIN statuses s ON coalesce(s.thread_id, s.id) = m.thread_id "
        "WHERE m.account_id = ? AND s.id = ANY(?)",
        viewer_id,
        ids,
    )
    for (status_id,) in muted:
        of[status_id] = of.get(status_id, Mark.NONE) | Mark.MUTED
    return of


async def list_marked(db: Reader, table: str, account_id: int, page: Page) -> list[tuple[int, int]]:
    """(row id, status id) of one's `favourites`, `bookmarks` or `pins`, newest mark first; page by the row id."""
    rows = await db.rows(
        f"SELECT id, status_id FROM {table} WHERE account_id = ? AND id < ? AND id > ? "
        f"ORDER BY id {page.order} LIMIT ?",
        account_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([(id, status_id) for id, status_id in rows])


async def list_favouriting(db: Reader, status_id: int, page: Page) -> list[tuple[int, int]]:
    """(row id, account id) of who favourited a status, newest first."""
    rows = await db.rows(
        f"SELECT id, account_id FROM favourites WHERE status_id = ? AND id < ? AND id > ? ORDER BY id {page.order} "
        "LIMIT ?",
        status_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([(id, account_id) for id, account_id in rows])


async def list_reblogging(db: Reader, status_id: int, page: Page) -> list[tuple[int, int]]:
    """(wrapper id, account id) of who boosted a status openly, newest first."""
    rows = await db.rows(
        "SELECT id, account_id FROM statuses WHERE reblog_of_id = ? AND visibility <> 'private' "
        f"AND id < ? AND id > ? ORDER BY id {page.order} LIMIT ?",
        status_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([(id, account_id) for id, account_id in rows])

"""Reads of statuses. What the viewer may not see does not exist for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mesange.core.accounts.model import Viewer
from mesange.core.follows.queries import relations_of
from mesange.core.statuses.memory import StatusMemory
from mesange.core.statuses.model import (
    Mark,
    Marks,
    Status,
    StatusStats,
    StatusVersion,
    Thread,
    Visibility,
    hashtags_in,
    may_see,
    thread_around,
)
from mesange.core.statuses.tables import statuses
from mesange.kit.db import Reader, Transaction
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.kit.text import entities

MOST_OF_A_THREAD = 4_000


async def load_statuses(server: Server, ids: Sequence[int]) -> dict[int, Status]:
    """Statuses by id, from memory or in one query, whoever may see them: the caller has asked for that."""
    memory = server.of(StatusMemory)
    found = {id: status for id in ids if (status := memory.statuses.get(id))}
    missing = [id for id in ids if id not in found]
    if missing:
        since = memory.statuses.forgotten
        for row in await server.db.rows(f"SELECT {statuses.columns} FROM statuses WHERE id = ANY(?)", missing):
            status = statuses.load(row)
            memory.statuses.keep(status.id, status, since)
            found[status.id] = status
    return found


async def hold_status(tx: Transaction, status_id: int) -> Status:
    """The status as it is now; nobody changes it before this transaction ends. Raises NotFound."""
    row = await tx.row(f"SELECT {statuses.columns} FROM statuses WHERE id = ? FOR UPDATE", status_id)
    if row is None:
        raise NotFound()
    return statuses.load(row)


async def find_status(server: Server, status_id: int) -> Status | None:
    return (await load_statuses(server, [status_id])).get(status_id)


async def visible_status(server: Server, viewer: Viewer, status_id: int) -> Status:
    """The status, or NotFound: the same answer for what is missing and for what is hidden from the viewer."""
    visible = await only_visible(server, viewer, [status_id])
    if not visible:
        raise NotFound()
    return visible[0]


async def only_visible(server: Server, viewer: Viewer, ids: Sequence[int]) -> list[Status]:
    """Those of the ids that the viewer may see, in the order asked; a boost only if what it boosts is visible."""
    found = await load_statuses(server, ids)
    boosted = [status.reblog_of_id for status in found.values() if status.reblog_of_id]
    if boosted:
        found |= await load_statuses(server, boosted)
    relations = await relations_of(server, viewer.account_id)
    closed = [status.id for status in found.values() if not status.visibility.is_open]
    mentioned = await _mentioning(server.db, viewer.account_id, closed)

    def is_visible(id: int | None) -> bool:
        status = found.get(id or 0)
        return status is not None and may_see(viewer.account_id, status, relations, is_mentioned=status.id in mentioned)

    return [
        found[id]
        for id in ids
        if is_visible(id) and (found[id].reblog_of_id is None or is_visible(found[id].reblog_of_id))
    ]


async def _mentioning(db: Reader, account_id: int, ids: list[int]) -> set[int]:
    if not ids or not account_id:
        return set()
    rows = await db.rows("SELECT status_id FROM mentions WHERE account_id = ? AND status_id = ANY(?)", account_id, ids)
    return {id for (id,) in rows}


async def load_mentioned(db: Reader, ids: Sequence[int]) -> dict[int, list[int]]:
    """Ids of the mentioned accounts by status."""
    mentioned: dict[int, list[int]] = {}
    if ids:
        rows = await db.rows("SELECT status_id, account_id FROM mentions WHERE status_id = ANY(?)", list(ids))
        for status_id, account_id in rows:
            mentioned.setdefault(status_id, []).append(account_id)
    return mentioned


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


async def load_marks(server: Server, viewer_id: int, ids: Sequence[int]) -> Mapping[int, Mark]:
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
    of: dict[int, Mark] = {}
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


async def _read_marks(db: Reader, viewer_id: int, ids: list[int]) -> dict[int, Mark]:
    """Marks on exactly these statuses, however old."""
    of: dict[int, Mark] = {}
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


async def load_client_names(server: Server, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(name, website) of the clients with which statuses were written."""
    kept = server.of(StatusMemory).client_names
    missing = sorted({id for id in ids if id not in kept})
    if missing:
        rows = await server.db.rows("SELECT id, name, website FROM oauth_clients WHERE id = ANY(?)", missing)
        for id, name, website in rows:
            kept.keep(id, (name, website))
    return kept


async def get_thread(server: Server, viewer: Viewer, status: Status) -> Thread:
    """What the viewer sees around a status: for a visitor at most 40 before and 60 after (Mastodon's limits)."""
    rows = await server.db.rows(
        "SELECT id, in_reply_to_id FROM statuses WHERE id = ? "
        "UNION SELECT id, in_reply_to_id FROM statuses WHERE thread_id = ? LIMIT ?",
        status.root_id,
        status.root_id,
        MOST_OF_A_THREAD,
    )
    around = thread_around(status.id, dict(rows))  # type: ignore[arg-type]
    before, after = (40, 60) if viewer.is_visitor else (MOST_OF_A_THREAD, MOST_OF_A_THREAD)
    relations = await relations_of(server, viewer.account_id)
    seen = await only_visible(server, viewer, around.ancestors[-before:] + around.descendants[:after])
    visible = {each.id for each in seen if each.account_id not in relations.hidden}
    return Thread(
        [id for id in around.ancestors[-before:] if id in visible],
        [id for id in around.descendants[:after] if id in visible],
    )


async def list_versions(db: Reader, status: Status) -> list[StatusVersion]:
    """Every version of a status, the first one first."""
    rows = await db.rows(
        "SELECT text, spoiler_text, is_sensitive, created_at FROM status_edits WHERE status_id = ? ORDER BY revision",
        status.id,
    )
    earlier = [StatusVersion(text, spoiler, bool(sensitive), at) for text, spoiler, sensitive, at in rows]
    now = StatusVersion(status.text, status.spoiler_text, status.is_sensitive, status.edited_at or status.created_at)
    return [*earlier, now]


@dataclass(frozen=True, slots=True)
class AccountFilter:
    excludes_replies: bool = False
    excludes_reblogs: bool = False
    only_pinned: bool = False
    hashtag: str = ""


async def list_account_statuses(
    server: Server, viewer: Viewer, account_id: int, page: Page, only: AccountFilter
) -> list[int]:
    """Ids of an account's statuses that the viewer may see, newest first. Raises NotFound to who is blocked."""
    relations = await relations_of(server, viewer.account_id)
    if account_id in relations.blocked_by:
        return []
    where, values = ["s.account_id = ?", "s.id < ?", "s.id > ?"], [account_id, page.below, page.above]
    if account_id != viewer.account_id:
        where.append(_visible_of(account_id in relations.following))
        if viewer.account_id:
            where[-1] = (
                f"({where[-1]} OR EXISTS (SELECT 1 FROM mentions m WHERE m.status_id = s.id AND m.account_id = ?))"
            )
            values.append(viewer.account_id)
    if only.excludes_replies:
        where.append("(s.in_reply_to_id IS NULL OR s.in_reply_to_account_id = s.account_id)")
    if only.excludes_reblogs:
        where.append("s.reblog_of_id IS NULL")
    joins = "JOIN pins p ON p.status_id = s.id AND p.account_id = s.account_id " if only.only_pinned else ""
    if only.hashtag:
        joins += "JOIN status_hashtags h ON h.status_id = s.id JOIN hashtags t ON t.id = h.hashtag_id "
        where.append("t.name = ?")
        values.append(only.hashtag)  # type: ignore[arg-type]
    rows = await server.db.rows(
        f"SELECT s.id FROM statuses s {joins}WHERE {' AND '.join(where)} ORDER BY s.id {page.order} LIMIT ?",
        *values,
        page.limit,
    )
    return page.newest_first([id for (id,) in rows])


def _visible_of(is_follower: bool) -> str:
    return f"s.visibility IN ('public', 'unlisted'{', ' + repr(str(Visibility.PRIVATE)) if is_follower else ''})"


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


async def find_reblog(db: Reader, account_id: int, status_id: int) -> int | None:
    """The id of the account's boost of a status."""
    return await db.value("SELECT id FROM statuses WHERE account_id = ? AND reblog_of_id = ?", account_id, status_id)


async def is_thread_muted(db: Reader, account_id: int, thread_id: int) -> bool:
    return (
        await db.value("SELECT 1 FROM thread_mutes WHERE account_id = ? AND thread_id = ?", account_id, thread_id)
    ) is not None


async def count_statuses(db: Reader) -> int:
    """Posts written here, as the counters of the accounts say."""
    return await db.value("SELECT coalesce(sum(statuses), 0) FROM account_stats") or 0


def hashtags_of(status: Status) -> list[str]:
    """Identities of the hashtags in a status's text."""
    return hashtags_in(entities(status.text)) if "#" in status.text or "＃" in status.text else []

"""Picking the ids of a timeline, newest first, by the rules of the viewer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mesange.core.accounts.model import Viewer
from mesange.core.follows.model import Relations
from mesange.core.follows.queries import followers_of, relations_of
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import find_status
from mesange.core.timelines.memory import HomeTimelines
from mesange.core.timelines.model import Entry, Home, belongs_home, entry_of, shown_to
from mesange.kit.db import Reader, Value
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.kit.text import hashtag_name

KEPT_PER_AUTHOR = 40
ENTRY = (
    "s.id, s.account_id, coalesce(s.reblog_of_id, 0), coalesce(o.account_id, 0), coalesce(s.in_reply_to_account_id, 0)"
)
NOT_DIRECT = "visibility IN ('public', 'unlisted', 'private')"
PUBLIC = (
    "s.visibility = 'public' AND s.reblog_of_id IS NULL "
    "AND (s.in_reply_to_id IS NULL OR s.in_reply_to_account_id = s.account_id)"
)


async def list_home(server: Server, viewer: Viewer, page: Page) -> list[int]:
    """Ids of the viewer's home timeline: from memory as far as it reaches, below that from the tables."""
    relations = await relations_of(server, viewer.account_id)
    home = await _home_of(server, viewer.account_id)
    reaches = page.above >= home.floor or home.floor == 0
    entries = home.between(page.above, page.below)
    if relations.hidden:
        entries = shown_to(viewer.account_id, entries, relations.hidden)
    if not reaches and (page.forwards or len(entries) < page.limit):
        entries = await _read_home(server.db, viewer.account_id, relations, page)
    chosen = entries[: page.limit] if page.forwards else entries[-page.limit :]
    return [entry.id for entry in reversed(chosen)]


async def _home_of(server: Server, viewer_id: int) -> Home:
    homes = server.of(HomeTimelines).homes
    home = homes.get(viewer_id)
    if home is None:
        head, since = server.eventlog.head, homes.forgotten
        home = await rebuilt_home(server.db, viewer_id, await relations_of(server, viewer_id))
        if server.eventlog.head == head:  # Else something came in while we read: the next look keeps it.
            homes.keep(viewer_id, home, since)
    return home


async def rebuilt_home(db: Reader, viewer_id: int, relations: Relations) -> Home:
    """The newest entries of each author followed; exact above the highest of the authors' cut-off ids."""
    rows, floor = await _home_rows(db, viewer_id, [], KEPT_PER_AUTHOR, Page())
    return Home([row for row in rows if belongs_home(viewer_id, row, relations)], floor)


async def _read_home(db: Reader, viewer_id: int, relations: Relations, page: Page) -> list[Entry]:
    """A page from the tables, oldest first: one portion, or more when the rules leave too little of it."""
    hidden = relations.hidden
    found: list[Entry] = []
    while len(found) < page.limit:
        rows, cut_off = await _home_rows(db, viewer_id, sorted(hidden), page.limit * 2, page)
        found += shown_to(viewer_id, (row for row in rows if belongs_home(viewer_id, row, relations)), hidden)
        if not cut_off:
            break
        page = replace(page, above=cut_off) if page.forwards else replace(page, below=cut_off)
    return sorted(found)


async def _home_rows(
    db: Reader, viewer_id: int, hidden: list[int], per_author: int, page: Page
) -> tuple[list[Entry], int]:
    """Statuses of everyone followed, oldest first, and the id at which somebody's portion ended; 0 when all came."""
    rows = await db.rows(
        f"SELECT {ENTRY} FROM (SELECT ? AS author UNION "
        "SELECT target_id FROM follows WHERE account_id = ? AND target_id <> ALL(?)) f "
        "JOIN statuses s ON s.id IN (SELECT id FROM statuses WHERE account_id = f.author AND id < ? AND id > ? "
        f"AND {NOT_DIRECT} ORDER BY id {page.order} LIMIT ?) "
        "LEFT JOIN statuses o ON o.id = s.reblog_of_id ORDER BY s.id",
        viewer_id,
        viewer_id,
        hidden,
        page.below,
        page.above,
        per_author,
    )
    entries = [Entry(*row) for row in rows]
    ids: dict[int, list[int]] = {}
    for entry in entries:
        ids.setdefault(entry.account_id, []).append(entry.id)
    portions = [own for own in ids.values() if len(own) >= per_author]
    if page.forwards:
        cut_off = min((own[-1] for own in portions), default=0)
        return [entry for entry in entries if not cut_off or entry.id <= cut_off], cut_off
    cut_off = max((own[0] for own in portions), default=0)
    return [entry for entry in entries if entry.id >= cut_off], cut_off


async def list_home_readers(server: Server, status: Status, is_here: Callable[[int], bool]) -> list[int]:
    """The author and those followers `is_here` who find the status at home, by the rules of their home timeline."""
    if status.visibility == "direct":
        return []
    original = await find_status(server, status.reblog_of_id) if status.reblog_of_id else None
    entry = entry_of(status, original)
    readers = [status.account_id]
    for follower, _ in await followers_of(server, status.account_id):
        if is_here(follower):
            relations = await relations_of(server, follower)
            if belongs_home(follower, entry, relations) and shown_to(follower, [entry], relations.hidden):
                readers.append(follower)
    return readers


@dataclass(frozen=True, slots=True)
class Origin:
    """Which servers' statuses a public timeline holds."""

    local: bool = False
    remote: bool = False

    @property
    def condition(self) -> str:
        if self.local == self.remote:
            return ""
        return " AND s.uri IS NULL" if self.local else " AND s.uri IS NOT NULL"


async def list_public(server: Server, viewer: Viewer, page: Page, origin: Origin) -> list[int]:
    """Ids of public posts, without boosts and without answers to others."""
    return await _list_shown(server, viewer, page, f"FROM statuses s WHERE {PUBLIC}{origin.condition}", [])


@dataclass(frozen=True, slots=True)
class HashtagFilter:
    """Posts with the hashtag or `any` of these, with `all` of those, with `none` of the last."""

    name: str
    any: Sequence[str] = ()
    all: Sequence[str] = ()
    none: Sequence[str] = ()


WITH_HASHTAG = (
    "EXISTS (SELECT 1 FROM status_hashtags x JOIN hashtags t ON t.id = x.hashtag_id "
    "WHERE x.status_id = s.id AND t.name = ?)"
)


async def list_hashtag(server: Server, viewer: Viewer, page: Page, tags: HashtagFilter, origin: Origin) -> list[int]:
    """Ids of public posts with a hashtag, answers included."""
    first = await _hashtag_ids(server.db, [tags.name, *tags.any])
    if not first:
        return []
    values: list[Value] = [first[0]] if len(first) == 1 else [first]
    condition = "h.hashtag_id = ?" if len(first) == 1 else "h.hashtag_id = ANY(?)"
    source = f"FROM status_hashtags h JOIN statuses s ON s.id = h.status_id WHERE {condition}"
    for name in tags.all:
        source += f" AND {WITH_HASHTAG}"
        values.append(hashtag_name(name))
    for name in tags.none:
        source += f" AND NOT {WITH_HASHTAG}"
        values.append(hashtag_name(name))
    column = "h.status_id" if len(first) == 1 else "DISTINCT s.id"
    return await _list_shown(server, viewer, page, source + origin.condition, values, column)


async def _hashtag_ids(db: Reader, names: Sequence[str]) -> list[int]:
    wanted = sorted({hashtag_name(name.removeprefix("#")) for name in names})
    rows = await db.rows("SELECT id FROM hashtags WHERE name = ANY(?)", wanted)
    return [id for (id,) in rows]


async def _list_shown(
    server: Server, viewer: Viewer, page: Page, source: str, values: list[Value], column: str = "s.id"
) -> list[int]:
    relations = await relations_of(server, viewer.account_id)
    name = column.removeprefix("DISTINCT ")
    conditions = f" AND {name} < ? AND {name} > ?"
    values = [*values, page.below, page.above]
    if relations.hidden:
        conditions += " AND s.account_id <> ALL(?)"
        values.append(sorted(relations.hidden))
    rows = await server.db.rows(
        f"SELECT {column} {source}{conditions} ORDER BY {name} {page.order} LIMIT ?", *values, page.limit
    )
    return page.newest_first([id for (id,) in rows])

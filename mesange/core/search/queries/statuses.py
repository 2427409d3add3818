"""Posts by their words: picked by the index, checked by the rules."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field, replace

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import find_account_by_acct, load_accounts
from mesange.core.follows.queries import relations_of
from mesange.core.search.model import SHUT, Operator, Query, groups_of, is_open, known_to, may_find, written_by
from mesange.core.search.tables import status_index
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import only_visible
from mesange.kit.db import Database
from mesange.kit.db.fulltext import Matching, Within
from mesange.kit.errors import Invalid
from mesange.kit.ids import first_id_at
from mesange.kit.paging import Page
from mesange.kit.server import Server

DEEPEST = 1_000
SPARE = 10
MOST_AT_ONCE = 1_000
MOST_LOOKED_AT = 20_000
MARKED = (
    "SELECT status_id FROM favourites WHERE account_id = ? UNION ALL "
    "SELECT status_id FROM bookmarks WHERE account_id = ? UNION ALL "
    "SELECT reblog_of_id FROM statuses WHERE account_id = ? AND reblog_of_id IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. `account_id`: only by this author; `offset` hits are passed over."""

    query: Query
    page: Page = field(default_factory=Page)
    offset: int = 0
    account_id: int | None = None


async def search_statuses(server: Server, viewer: Viewer, search: Search) -> list[int]:
    """Ids of the posts found that the viewer may find, newest first. Raises Invalid, TooSlow.

    Found are public posts whose author lets them be found; beside them, for their viewer alone, what they wrote, were
    mentioned in, favourited, bookmarked or boosted, as far as they may still see it. Nobody hidden from them.
    """
    if not search.query.asks and search.account_id is None:
        if search.query == Query():
            return []
        raise Invalid("Name a word, a hashtag or a person to look for.", field="q")
    if search.query.in_library and viewer.is_visitor:
        return []
    if search.offset > DEEPEST:
        raise Invalid(f"A search is {DEEPEST} posts deep. Go on with an earlier date.", field="offset")
    matching = await _matching(server, viewer, search)
    within = _within(search)
    wanted = search.offset + search.page.limit
    found: list[int] = []
    looked_at, size = 0, wanted + SPARE
    while len(found) < wanted and looked_at < MOST_LOOKED_AT:
        ids = await _candidates(server, viewer, search.query, matching, within, size)
        found += await _shown(server, viewer, ids)
        if len(ids) < size:
            break
        looked_at += size
        within, size = within.beyond(ids[-1]), min(size * 2, MOST_AT_ONCE)
    return search.page.newest_first(found[search.offset : wanted])


async def _matching(server: Server, viewer: Viewer, search: Search) -> Matching:
    authors: dict[str, int] = {"me": viewer.account_id}
    for clause in search.query.clauses:
        if clause.operator is Operator.FROM and clause.value not in authors:
            author = await find_account_by_acct(server, clause.value)
            authors[clause.value] = author.id if author else 0
    matching = Matching(*groups_of(search.query, authors, server.settings.domain))
    return matching if search.account_id is None else matching.narrowed(having=[written_by(search.account_id)])


def _within(search: Search) -> Within:
    above, below = search.page.above, search.page.below
    if search.query.since is not None:
        above = max(above, first_id_at(search.query.since) - 1)
    if search.query.before is not None:
        below = min(below, first_id_at(search.query.before))
    return Within(above, below, is_upwards=search.page.forwards)


async def _candidates(
    server: Server, viewer: Viewer, query: Query, matching: Matching, within: Within, size: int
) -> list[int]:
    """The first ids that the index gives: of posts open to all and those the viewer knows, or of their library."""
    index, db, me = status_index(server), server.db, viewer.account_id
    own = replace(within, is_rare=True)
    marked = replace(own, among=MARKED, values=(me, me, me))
    streams: list[Awaitable[list[int]]] = []
    if query.in_library:
        streams.append(index.newest(db, matching.narrowed(having=[written_by(me)]), own, size))
        streams.append(index.newest(db, matching, marked, size) if matching.every else _marked(db, marked, size))
    else:
        streams.append(index.newest(db, matching.narrowed(without=[SHUT]), within, size))
        if not viewer.is_visitor:
            streams.append(index.newest(db, matching.narrowed(having=[known_to(me)]), own, size))
            streams.append(index.newest(db, matching.narrowed(having=[SHUT]), marked, size))
    found = await asyncio.gather(*streams)
    return sorted({id for ids in found for id in ids}, reverse=not within.is_upwards)[:size]


async def _marked(db: Database, marked: Within, size: int) -> list[int]:
    """Of a whole library, without any word."""
    rows = await db.slow_rows(
        f"SELECT DISTINCT status_id FROM ({marked.among}) m WHERE status_id < ? AND status_id > ? "
        f"ORDER BY status_id {marked.order} LIMIT ?",
        *marked.values,
        marked.below,
        marked.above,
        size,
    )
    return [id for (id,) in rows]


async def _shown(server: Server, viewer: Viewer, ids: Sequence[int]) -> list[int]:
    visible = await only_visible(server, viewer, ids)
    authors = await load_accounts(server, {status.account_id for status in visible})
    relations = await relations_of(server, viewer.account_id)
    closed = [
        each for each in visible if not is_open(each, authors[each.account_id]) or authors[each.account_id].limited_at
    ]
    known = await _known(server, viewer, closed)
    return [
        status.id
        for status in visible
        if may_find(viewer.account_id, status, authors[status.account_id], relations, is_known=status.id in known)
    ]


async def _known(server: Server, viewer: Viewer, statuses: Sequence[Status]) -> set[int]:
    """Those that mention the viewer, or that they favourited, bookmarked or boosted."""
    ids = [status.id for status in statuses if status.account_id != viewer.account_id]
    if not ids or viewer.is_visitor:
        return set()
    me = viewer.account_id
    rows = await server.db.rows(
        "SELECT status_id FROM mentions WHERE account_id = ? AND status_id = ANY(?) UNION ALL "
        "SELECT status_id FROM favourites WHERE account_id = ? AND status_id = ANY(?) UNION ALL "
        "SELECT status_id FROM bookmarks WHERE account_id = ? AND status_id = ANY(?) UNION ALL "
        "SELECT reblog_of_id FROM statuses WHERE account_id = ? AND reblog_of_id = ANY(?)",
        *(me, ids) * 4,
    )
    return {id for (id,) in rows}

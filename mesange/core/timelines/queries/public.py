"""Public posts: of everyone, of this server, of a hashtag."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import only_standing, standings_of
from mesange.core.follows.queries import relations_of
from mesange.core.statuses.model import Status, Visibility
from mesange.core.statuses.queries import WITH_MEDIA
from mesange.kit.db import Reader, Value
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.kit.text import hashtag_name

PUBLIC = (
    "s.visibility = 'public' AND s.reblog_of_id IS NULL "
    "AND (s.in_reply_to_id IS NULL OR s.in_reply_to_account_id = s.account_id)"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Which statuses a public timeline holds: of which servers, and whether only those with media."""

    local: bool = False
    remote: bool = False
    only_media: bool = False

    @property
    def condition(self) -> str:
        media = f" AND {WITH_MEDIA}" if self.only_media else ""
        if self.local == self.remote:
            return media
        return media + (" AND s.uri IS NULL" if self.local else " AND s.uri IS NOT NULL")


async def list_public(server: Server, viewer: Viewer, page: Page, origin: Origin) -> list[int]:
    """Ids of public posts, without boosts and without answers to others."""
    return await _list_shown(server, viewer, page, f"FROM statuses s WHERE {PUBLIC}{origin.condition}", [])


async def is_in_public(server: Server, status: Status) -> bool:
    """Whether a status stands in timelines that anyone may read; that of a limited account does not."""
    standings = await standings_of(server)
    is_open = status.visibility is Visibility.PUBLIC and not status.reblog_of_id
    return is_open and status.account_id not in standings.hidden and status.account_id not in standings.limited


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
    conditions += only_standing(await standings_of(server), "s.account_id")
    rows = await server.db.rows(
        f"SELECT {column} {source}{conditions} ORDER BY {name} {page.order} LIMIT ?", *values, page.limit
    )
    return page.newest_first([id for (id,) in rows])

"""What stands in a column of a deck: picked and shown as on the page of its own, for whom the column is read as."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from mesange.core.accounts.model import Viewer
from mesange.core.decks.model import Column, ColumnKind
from mesange.core.statuses.queries import list_marked
from mesange.edges.pages.channels import marks_channel, notice_channel
from mesange.edges.pages.notices import pick_notices, read_until, views_of
from mesange.edges.pages.open_searches import OpenSearches
from mesange.edges.pages.search import found_posts
from mesange.edges.pages.sources import SOURCES
from mesange.front.cards import cards_of
from mesange.front.filtering import filled_page, not_hidden
from mesange.front.limits import SEARCHES, count
from mesange.front.views import Card, NotificationView
from mesange.front.visit import Visit
from mesange.kit.paging import Page

POSTS = 15
NOTICES: Mapping[ColumnKind, str] = {ColumnKind.NOTIFICATIONS: "", ColumnKind.MENTIONS: "mention"}


@dataclass(frozen=True, slots=True)
class Content:
    """`cursors` are where its rows stand, newest first, hidden ones included."""

    cursors: Sequence[int]
    cards: Sequence[Card] = ()
    notifications: Sequence[NotificationView] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """`news` picks the cursors and the ids of the posts of a page; `channel` tells of new ones."""

    news: Callable[[Page], Awaitable[tuple[list[int], list[int]]]]
    channel: str


Read: TypeAlias = Callable[[Visit, Column, Page], Awaitable[Content]]


def visit_as(visit: Visit, column: Column, held: Mapping[int, Viewer]) -> Visit | None:
    """The visit as the column is read; None when this login may not act as its account, or no longer.

    `held` are the accounts that the login may act as now.
    """
    if column.account_id is None or column.account_id == visit.viewer.account_id:
        return visit
    viewer = held.get(column.account_id)
    return replace(visit, viewer=viewer, looks_on=True) if viewer else None


async def content_of(visit: Visit, column: Column, window: Page) -> Content:
    """For the visit that `visit_as` gives. Raises NotFound, Gone, Invalid, TooSlow, TooMany."""
    return await READINGS.get(column.kind, _posts)(visit, column, window)


async def _posts(visit: Visit, column: Column, window: Page) -> Content:
    source = SOURCES[column.kind]
    pick, _channel = await source.open(visit, column.value)
    filled = await filled_page(visit, window, pick, source.context)
    return Content(filled.cursors, await cards_of(visit, filled.ids, source.context))


async def _marked(visit: Visit, column: Column, window: Page) -> Content:
    rows = await list_marked(visit.server.db, column.kind, visit.viewer.account_id, window)
    places = {str(id): str(row) for row, id in rows}
    cards = await cards_of(visit, [id for _row, id in rows])
    return Content([row for row, _id in rows], [replace(card, cursor=places[card.cursor]) for card in cards])


async def _found(visit: Visit, column: Column, window: Page) -> Content:
    count(visit, SEARCHES)
    return Content(*await found_posts(visit, column.value, window))


async def _notices(visit: Visit, column: Column, window: Page) -> Content:
    found = await pick_notices(visit, window, NOTICES[column.kind])
    return Content([each.newest.id for each in found], (), await views_of(visit, found, await read_until(visit)))


READINGS: Mapping[ColumnKind, Read] = {
    ColumnKind.SEARCH: _found,
    ColumnKind.NOTIFICATIONS: _notices,
    ColumnKind.MENTIONS: _notices,
    ColumnKind.FAVOURITES: _marked,
    ColumnKind.BOOKMARKS: _marked,
}
"""Columns that are no plain streams of posts."""

ASKING = (ColumnKind.SEARCH, ColumnKind.FAVOURITES, ColumnKind.BOOKMARKS)
"""Only they themselves know what is new in them: the page is told to ask."""


def asking_channel(visit: Visit, column: Column) -> str:
    """For an ASKING column: what tells that it may have news. Raises Invalid."""
    if column.kind is ColumnKind.SEARCH:
        return visit.server.of(OpenSearches).open(visit.viewer, column.value)
    return marks_channel(visit.viewer.account_id, column.kind)


async def feed_of(visit: Visit, column: Column) -> Feed:
    """For a column that is not ASKING. Raises NotFound, Gone."""
    if column.kind in NOTICES:
        choice = NOTICES[column.kind]

        async def notices(window: Page) -> tuple[list[int], list[int]]:
            found = [each.newest for each in await pick_notices(visit, window, choice)]
            return [each.id for each in found], [each.status_id for each in found if each.status_id]

        return Feed(notices, notice_channel(visit.viewer.account_id, choice))
    source = SOURCES[column.kind]
    pick, channel = await source.open(visit, column.value)

    async def posts(window: Page) -> tuple[list[int], list[int]]:
        ids = await not_hidden(visit, await pick(window), source.context)
        return ids, ids

    return Feed(posts, channel)

"""Decks and their columns as pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from mesange.core.accounts.model import Account, Viewer
from mesange.core.accounts.queries import load_accounts
from mesange.core.decks.model import Column, ColumnKind, Deck, may_change
from mesange.core.lists.model import AccountList
from mesange.core.lists.queries import load_lists
from mesange.core.teams.queries import list_memberships, list_organizations
from mesange.edges.pages.columns import POSTS, Content, content_of, visit_as
from mesange.front.faces import account_view, url_of
from mesange.front.views import AccountView, Card, DeckView, Ids, NotificationView
from mesange.front.visit import Visit, id_in
from mesange.kit.errors import Gone, MesangeError, NotFound
from mesange.kit.paging import Page
from mesange.kit.web.catalogue import marked as _

PLACES: Mapping[ColumnKind, tuple[str, str, str]] = {
    ColumnKind.HOME: (_("Home"), "home", "/"),
    ColumnKind.LOCAL: (_("Said here"), "local", "/local"),
    ColumnKind.NOTIFICATIONS: (_("Notifications"), "bell", "/notifications"),
    ColumnKind.MENTIONS: (_("Mentions"), "reply", "/notifications?only=mention"),
    ColumnKind.FAVOURITES: (_("Favourites"), "star", "/favourites"),
    ColumnKind.BOOKMARKS: (_("Bookmarks"), "bookmark", "/bookmarks"),
    ColumnKind.LIST: (_("A list"), "list", ""),
    ColumnKind.HASHTAG: (_("A hashtag"), "hash", ""),
    ColumnKind.SEARCH: (_("A search"), "search", ""),
    ColumnKind.PROFILE: (_("Posts of somebody"), "person", ""),
}
"""Title, icon and page of what a column shows; the title of those that name something is found with it."""
SHUT = {
    ColumnKind.LIST: _("This list is gone, or no longer open to you."),
    ColumnKind.PROFILE: _("This account is gone, or closed to you."),
}
NOT_YOURS = _("You do not act for this account, or no longer: the column stays shut for you.")


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column of a deck. `address` is the page that shows the same, "" when only the column does.

    `reads_as` is the account it is read as, when it names one; nothing can be pressed while one acts as another.
    `shut` says why it shows nothing, `newest` where it catches up.
    """

    id: Ids
    url: str
    title: str
    icon: str
    address: str = ""
    reads_as: AccountView | None = None
    is_onlooker: bool = False
    shut: str = ""
    cards: tuple[Card, ...] = ()
    notifications: tuple[NotificationView, ...] = ()
    newest: Ids = "0"


async def deck_views(visit: Visit, decks: Iterable[Deck]) -> list[DeckView]:
    db, user_id = visit.server.db, visit.viewer.user_id
    teams = {each.id: each.name for each in await list_organizations(db, user_id)}
    memberships = await list_memberships(db, user_id)
    return [
        DeckView(
            id=str(each.id),
            title=each.title,
            url=f"/deck/{each.id}",
            team=teams.get(each.organization_id or 0, ""),
            is_own=each.user_id == user_id,
            can_change=may_change(each, user_id, memberships),
        )
        for each in decks
    ]


async def column_views(visit: Visit, columns: list[Column], held: Mapping[int, Viewer]) -> list[ColumnView]:
    """What each shows to this login; `held` are the accounts that it may act as now."""
    of_lists = [id_in(each.value) for each in columns if each.kind is ColumnKind.LIST]
    of_accounts = [id_in(each.value) for each in columns if each.kind is ColumnKind.PROFILE]
    lists = await load_lists(visit.server.db, of_lists) if of_lists else {}
    accounts = await load_accounts(visit.server, {*of_accounts, *(each.account_id or 0 for each in columns)} - {0})
    return [await _view(visit, each, held, lists, accounts) for each in columns]


async def _view(
    visit: Visit,
    column: Column,
    held: Mapping[int, Viewer],
    lists: Mapping[int, AccountList],
    accounts: Mapping[int, Account],
) -> ColumnView:
    reading = visit_as(visit, column, held)
    content, shut = await _content(reading, column) if reading else (Content(()), NOT_YOURS)
    place, icon, address = PLACES[column.kind]
    title = visit.gettext(place)
    if column.kind.needs_value and (not shut or column.kind is ColumnKind.SEARCH):
        title, address = _named(visit, column, lists, accounts)
    reads_as = accounts.get(column.account_id or 0)
    is_onlooker = reading is None or reading.looks_on
    return ColumnView(
        id=str(column.id),
        url=f"/deck/{column.deck_id}/columns/{column.id}",
        title=title,
        icon=icon,
        address="" if is_onlooker or shut else address,
        reads_as=account_view(visit.server, reads_as) if reads_as else None,
        is_onlooker=is_onlooker,
        shut=visit.gettext(shut) if shut else "",
        cards=tuple(content.cards),
        notifications=tuple(content.notifications),
        newest=str(content.cursors[0]) if content.cursors else "0",
    )


async def _content(visit: Visit, column: Column) -> tuple[Content, str]:
    """What it holds, or the sentence that says why it is shut."""
    try:
        return await content_of(visit, column, Page(POSTS)), ""
    except (NotFound, Gone):
        return Content(()), SHUT[column.kind]
    except MesangeError as error:
        if error.http_status not in (422, 429):
            raise
        return Content(()), error.public_text


def _named(
    visit: Visit, column: Column, lists: Mapping[int, AccountList], accounts: Mapping[int, Account]
) -> tuple[str, str]:
    """Title and page of a column that names what it shows, and may show it."""
    if column.kind is ColumnKind.LIST:
        return lists[id_in(column.value)].title, f"/lists/{column.value}"
    if column.kind is ColumnKind.PROFILE:
        account = accounts[id_in(column.value)]
        return account_view(visit.server, account).name, url_of(account)
    if column.kind is ColumnKind.HASHTAG:
        return f"#{column.value}", f"/tags/{quote(column.value)}"
    return column.value, f"/search?{urlencode({'q': column.value})}"

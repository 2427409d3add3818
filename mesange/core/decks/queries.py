"""Reads of decks. What is neither the viewer's nor shared with them does not exist."""

from mesange.core.accounts.model import Viewer
from mesange.core.decks.model import MOST_DECKS, Column, Deck, may_change
from mesange.core.decks.tables import deck_columns, decks
from mesange.core.teams.queries import list_memberships
from mesange.kit.db import Reader, Value
from mesange.kit.errors import Forbidden, NotFound
from mesange.kit.paging import Page

SHARED = (
    "organization_id IN (SELECT organization_id FROM memberships WHERE user_id = ?) AND user_id IN "
    "(SELECT o.user_id FROM memberships o WHERE o.organization_id = decks.organization_id)"
)
"""A deck is shared for as long as its owner and its reader are members of the organization."""


async def list_decks(db: Reader, viewer: Viewer) -> list[Deck]:
    """The viewer's own, the oldest first, and after them the newest of those that others share with them."""
    return await list_own_decks(db, viewer) + await list_shared_decks(db, viewer, Page(MOST_DECKS))


async def list_own_decks(db: Reader, viewer: Viewer) -> list[Deck]:
    """All of them, the oldest first: a login has not many."""
    return await _decks(db, "user_id = ? ORDER BY id", viewer.user_id)


async def list_shared_decks(db: Reader, viewer: Viewer, page: Page) -> list[Deck]:
    """Those that others share with the viewer, newest first."""
    found = await _decks(
        db,
        f"user_id <> ? AND {SHARED} AND id < ? AND id > ? ORDER BY id {page.order} LIMIT ?",
        viewer.user_id,
        viewer.user_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first(found)


async def get_deck(db: Reader, viewer: Viewer, deck_id: int) -> Deck:
    """One that the viewer may read. Raises NotFound."""
    found = await _decks(db, f"id = ? AND (user_id = ? OR ({SHARED}))", deck_id, viewer.user_id, viewer.user_id)
    if not found or viewer.is_visitor:
        raise NotFound()
    return found[0]


async def may_change_deck(db: Reader, viewer: Viewer, deck: Deck) -> bool:
    return may_change(deck, viewer.user_id, await list_memberships(db, viewer.user_id))


async def get_changeable_deck(db: Reader, viewer: Viewer, deck_id: int) -> Deck:
    """Raises NotFound; Forbidden for a deck that the viewer may only read."""
    deck = await get_deck(db, viewer, deck_id)
    if not await may_change_deck(db, viewer, deck):
        raise Forbidden("Its owner and the admins of the organization change this deck. You can make your own.")
    return deck


async def get_own_deck(db: Reader, viewer: Viewer, deck_id: int) -> Deck:
    """Raises NotFound; Forbidden for another's."""
    deck = await get_deck(db, viewer, deck_id)
    if deck.user_id != viewer.user_id:
        raise Forbidden("Only who made a deck shares or deletes it.")
    return deck


async def list_columns(db: Reader, deck_id: int) -> list[Column]:
    """All of them, from left to right. For a deck that the caller may read."""
    rows = await db.rows(
        f"SELECT {deck_columns.columns} FROM deck_columns WHERE deck_id = ? ORDER BY position, id", deck_id
    )
    return [deck_columns.load(row) for row in rows]


async def get_column(db: Reader, viewer: Viewer, deck_id: int, column_id: int) -> Column:
    """Raises NotFound, also for a column of a deck that the viewer may not read."""
    deck = await get_deck(db, viewer, deck_id)
    row = await db.row(
        f"SELECT {deck_columns.columns} FROM deck_columns WHERE id = ? AND deck_id = ?", column_id, deck.id
    )
    if row is None:
        raise NotFound()
    return deck_columns.load(row)


async def _decks(db: Reader, condition: str, *values: Value) -> list[Deck]:
    rows = await db.rows(f"SELECT {decks.columns} FROM decks WHERE {condition}", *values)
    return [decks.load(row) for row in rows]

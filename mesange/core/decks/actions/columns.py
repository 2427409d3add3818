"""The columns of a deck: adding, moving, removing."""

from dataclasses import dataclass, replace

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import find_account, list_own_viewers
from mesange.core.decks.actions.holding import held_deck
from mesange.core.decks.model import MOST_COLUMNS, MOST_VALUE, Column, ColumnKind, Deck, placed
from mesange.core.decks.queries import get_changeable_deck, list_columns
from mesange.core.decks.tables import deck_columns
from mesange.core.lists.model import checked_hashtag
from mesange.core.lists.queries import readable_list
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server


@dataclass(frozen=True, slots=True)
class NewColumn:
    """`value` is a hashtag, what to look for, or the id of a list or an account. See `Column` for `account_id`."""

    kind: ColumnKind
    value: str = ""
    account_id: int | None = None


async def add_column(
    server: Server, viewer: Viewer, deck_id: int, wanted: NewColumn, place: int = MOST_COLUMNS
) -> Column:
    """Raises NotFound, Forbidden, Invalid: an account one may not act as or not show, an empty value, a full deck."""
    value = await _checked_value(server, viewer, wanted)
    async with server.db.transaction() as tx:
        deck = await held_deck(tx, await get_changeable_deck(tx, viewer, deck_id))
        if deck.organization_id and wanted.account_id:
            await _refuse_telling(server, deck, wanted.account_id)
        columns = await list_columns(tx, deck.id)
        if len(columns) >= MOST_COLUMNS:
            raise Invalid(f"A deck has at most {MOST_COLUMNS} columns. Remove one first, or make another deck.")
        column = Column(server.ids.next(), deck.id, len(columns), wanted.kind, value, wanted.account_id)
        await tx.insert(deck_columns, column)
        await _put_in_order(tx, placed(columns, column, place))
    return column


async def _checked_value(server: Server, viewer: Viewer, wanted: NewColumn) -> str:
    """What the column holds, as its reader would find it."""
    reader = viewer
    if wanted.account_id is not None:
        held = await list_own_viewers(server, viewer)
        if wanted.account_id not in held:
            raise Invalid("This account is not yours.", field="account")
        reader = held[wanted.account_id]
    value = wanted.value.strip()
    if not wanted.kind.needs_value:
        return ""
    if len(value) > MOST_VALUE:
        raise Invalid(f"This has at most {MOST_VALUE} signs.", field="value")
    if wanted.kind is ColumnKind.HASHTAG:
        return _hashtag(value)
    if wanted.kind is ColumnKind.SEARCH and not value:
        raise Invalid("Say what to look for.", field="value")
    if wanted.kind is ColumnKind.LIST:
        return str((await readable_list(server, reader, _id(value))).id)
    if wanted.kind is ColumnKind.PROFILE:
        account = await find_account(server, _id(value))
        if account is None or account.is_hidden:
            raise NotFound()
    return value


def _hashtag(value: str) -> str:
    try:
        return checked_hashtag(value)[1]
    except Invalid as error:
        raise Invalid(error.public_text, field="value") from None


def _id(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 20 else 0


async def _refuse_telling(server: Server, deck: Deck, account_id: int) -> None:
    account = await find_account(server, account_id)
    if account is None or account.is_pseudonym or account.organization_id != deck.organization_id:
        raise Invalid(
            "Others read this deck. Its columns are read as accounts of the organization, or as whoever reads.",
            field="account",
        )


async def move_column(server: Server, viewer: Viewer, deck_id: int, column_id: int, place: int) -> int:
    """Put it at a place, counted from 0; where it stands then. Raises NotFound, Forbidden."""
    async with server.db.transaction() as tx:
        deck = await held_deck(tx, await get_changeable_deck(tx, viewer, deck_id))
        columns = await list_columns(tx, deck.id)
        order = placed(columns, _of(columns, column_id), place)
        await _put_in_order(tx, order)
    return [each.id for each in order].index(column_id)


async def remove_column(server: Server, viewer: Viewer, deck_id: int, column_id: int) -> tuple[Column, int]:
    """The column that was removed and the place where it stood. Raises NotFound, Forbidden."""
    async with server.db.transaction() as tx:
        deck = await held_deck(tx, await get_changeable_deck(tx, viewer, deck_id))
        columns = await list_columns(tx, deck.id)
        column = _of(columns, column_id)
        await tx.execute("DELETE FROM deck_columns WHERE id = ?", column.id)
        await _put_in_order(tx, [each for each in columns if each.id != column.id])
    return column, columns.index(column)


def _of(columns: list[Column], column_id: int) -> Column:
    found = next((each for each in columns if each.id == column_id), None)
    if found is None:
        raise NotFound()
    return found


async def _put_in_order(tx: Transaction, columns: list[Column]) -> None:
    for position, column in enumerate(columns):
        if column.position != position:
            await tx.update(deck_columns, replace(column, position=position))

"""Who changes a deck is alone with it until the commit: it never holds more than it may, nor what it must not."""

from mesange.core.decks.model import Deck
from mesange.core.decks.tables import decks
from mesange.kit.db import Transaction
from mesange.kit.errors import NotFound


async def held_deck(tx: Transaction, deck: Deck) -> Deck:
    """The deck as it is once others have finished. Raises NotFound when they deleted it."""
    row = await tx.row(f"SELECT {decks.columns} FROM decks WHERE id = ? FOR UPDATE", deck.id)
    if row is None:
        raise NotFound()
    return decks.load(row)

"""How decks are stored."""

from mesange.core.decks.model import Column, Deck
from mesange.kit.db.table import Table

decks = Table("decks", Deck)
deck_columns = Table("deck_columns", Column)

"""Writes of decks and their columns."""

from mesange.core.decks.actions.columns import NewColumn, add_column, move_column, remove_column
from mesange.core.decks.actions.decks import create_deck, delete_deck, rename_deck, share_deck

__all__ = [
    "NewColumn",
    "add_column",
    "create_deck",
    "delete_deck",
    "move_column",
    "remove_column",
    "rename_deck",
    "share_deck",
]

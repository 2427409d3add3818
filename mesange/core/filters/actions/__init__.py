"""Writes of filters."""

from mesange.core.filters.actions.filters import (
    FOR_EVER,
    FilterChoice,
    change_filter,
    create_filter,
    delete_filter,
    end_filters,
    place_word,
)
from mesange.core.filters.actions.posts import add_status, remove_status
from mesange.core.filters.actions.words import KeywordChange, add_keyword, change_keyword, delete_keyword

__all__ = [
    "FOR_EVER",
    "FilterChoice",
    "KeywordChange",
    "add_keyword",
    "add_status",
    "change_filter",
    "change_keyword",
    "create_filter",
    "delete_filter",
    "delete_keyword",
    "end_filters",
    "place_word",
    "remove_status",
]

"""Reads of filters: one's own, what they say of statuses, pages without what they hide."""

from mesange.core.filters.queries.filling import MOST_FURTHER, Filled, Pick, fill_page, without_hidden
from mesange.core.filters.queries.matches import active_filters, load_filter_matches
from mesange.core.filters.queries.own import get_filter, get_filter_status, get_keyword, list_filters

__all__ = [
    "MOST_FURTHER",
    "Filled",
    "Pick",
    "active_filters",
    "fill_page",
    "get_filter",
    "get_filter_status",
    "get_keyword",
    "list_filters",
    "load_filter_matches",
    "without_hidden",
]

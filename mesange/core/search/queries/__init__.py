"""Reads: posts by their words, accounts by their names, hashtags by how they begin."""

from mesange.core.search.queries.arriving import until_indexed
from mesange.core.search.queries.hashtags import search_hashtags
from mesange.core.search.queries.people import handle_in, search_accounts
from mesange.core.search.queries.statuses import Search, search_statuses

__all__ = ["Search", "handle_in", "search_accounts", "search_hashtags", "search_statuses", "until_indexed"]

"""Reads of discovery: trends, the directory, suggestions."""

from mesange.core.discovery.queries.directory import Order, list_directory
from mesange.core.discovery.queries.findable import Findable, list_findable_people, list_findable_posts
from mesange.core.discovery.queries.suggestions import Source, list_suggestions
from mesange.core.discovery.queries.trends import (
    find_hashtag_trends,
    list_reviewable,
    list_trending_statuses,
    list_trends,
    load_days,
    load_histories,
)

__all__ = [
    "Findable",
    "Order",
    "Source",
    "find_hashtag_trends",
    "list_directory",
    "list_findable_people",
    "list_findable_posts",
    "list_reviewable",
    "list_suggestions",
    "list_trending_statuses",
    "list_trends",
    "load_days",
    "load_histories",
]

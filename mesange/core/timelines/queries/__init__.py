"""Picking the ids of a timeline, newest first, by the rules of the viewer."""

from mesange.core.timelines.queries.home import KEPT_PER_AUTHOR, list_home, rebuilt_home, rules_of
from mesange.core.timelines.queries.lists import list_account_list
from mesange.core.timelines.queries.open_lists import OpenLists
from mesange.core.timelines.queries.public import HashtagFilter, Origin, is_in_public, list_hashtag, list_public
from mesange.core.timelines.queries.readers import list_home_readers

__all__ = [
    "KEPT_PER_AUTHOR",
    "HashtagFilter",
    "OpenLists",
    "Origin",
    "is_in_public",
    "list_account_list",
    "list_hashtag",
    "list_home",
    "list_home_readers",
    "list_public",
    "rebuilt_home",
    "rules_of",
]

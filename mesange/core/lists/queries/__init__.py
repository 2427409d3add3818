"""Reads of lists and followed hashtags. Another's private list does not exist."""

from mesange.core.lists.queries.contents import contents_of, list_list_hashtags, list_members
from mesange.core.lists.queries.hashtags import (
    choices_of,
    find_followed_names,
    followers_of_hashtags,
    list_followed_hashtags,
)
from mesange.core.lists.queries.lists import (
    get_own_list,
    list_followed_lists,
    list_lists,
    list_lists_with,
    load_lists,
    readable_list,
)

__all__ = [
    "choices_of",
    "contents_of",
    "find_followed_names",
    "followers_of_hashtags",
    "get_own_list",
    "list_followed_hashtags",
    "list_followed_lists",
    "list_list_hashtags",
    "list_lists",
    "list_lists_with",
    "list_members",
    "load_lists",
    "readable_list",
]

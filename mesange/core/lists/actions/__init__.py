"""Writes of lists and followed hashtags. Adding, removing and following are repeatable."""

from mesange.core.lists.actions.contents import add_hashtags, add_members, remove_hashtags, remove_members
from mesange.core.lists.actions.follows import follow_hashtag, follow_list, unfollow_hashtag, unfollow_list
from mesange.core.lists.actions.lists import ListChoice, change_list, create_list, delete_list

__all__ = [
    "ListChoice",
    "add_hashtags",
    "add_members",
    "change_list",
    "create_list",
    "delete_list",
    "follow_hashtag",
    "follow_list",
    "remove_hashtags",
    "remove_members",
    "unfollow_hashtag",
    "unfollow_list",
]

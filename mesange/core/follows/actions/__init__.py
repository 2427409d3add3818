"""Writes of follows, blocks and mutes. Each is repeatable: asking twice changes nothing more."""

from mesange.core.follows.actions.distance import (
    MOST_NOTE,
    block_account,
    end_mutes,
    mute_account,
    unblock_account,
    unmute_account,
    write_note,
)
from mesange.core.follows.actions.domains import hide_domain, show_domain
from mesange.core.follows.actions.follows import FollowOptions, follow_account, remove_follower, unfollow_account
from mesange.core.follows.actions.pairs import delete_pair, end_follow, hold_accounts, insert_follow
from mesange.core.follows.actions.requests import accept_follow_request, reject_follow_request

__all__ = [
    "MOST_NOTE",
    "FollowOptions",
    "accept_follow_request",
    "block_account",
    "delete_pair",
    "end_follow",
    "end_mutes",
    "follow_account",
    "hide_domain",
    "hold_accounts",
    "insert_follow",
    "mute_account",
    "reject_follow_request",
    "remove_follower",
    "show_domain",
    "unblock_account",
    "unfollow_account",
    "unmute_account",
    "write_note",
]

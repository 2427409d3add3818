"""Timelines: which statuses, in which order. Home, local, public, hashtag.

Consumes StatusPublished, StatusReblogged, StatusDeleted, StatusesImported,
         AccountFollowed, AccountUnfollowed, FollowChanged, AccountBlocked.
Emits    nothing.
"""

"""Timelines: which statuses, in which order. Home, local, public, hashtag, list.

Consumes StatusPublished, StatusReblogged, StatusEdited, StatusDeleted, StatusesImported,
         AccountFollowed, AccountUnfollowed, FollowChanged, AccountBlocked, StandingChanged,
         HashtagFollowed, HashtagUnfollowed, ListChanged, ListDeleted.
Emits    nothing.
"""

"""Lists: accounts and hashtags read together, for oneself or for everyone; and the hashtags that come to one's home.

Consumes AccountUnfollowed, AccountBlocked, and its own events (to forget what it keeps in memory).
Emits    ListCreated, ListChanged, ListDeleted, ListFollowed, ListUnfollowed, HashtagFollowed, HashtagUnfollowed.
"""

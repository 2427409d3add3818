"""Follows: who reads whom, who must not meet whom.

Consumes its own events (to forget the relations it keeps in memory).
Emits    FollowRequested, FollowRequestRejected, AccountFollowed, FollowChanged, AccountUnfollowed, AccountBlocked,
         AccountUnblocked, AccountMuted, AccountUnmuted, DomainHidden, DomainShown.
"""

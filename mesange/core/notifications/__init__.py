"""Notifications: what concerns someone.

Consumes StatusPublished, StatusReblogged, StatusEdited, StatusDeleted, StatusFavourited, StatusUnfavourited,
         PollEnded, AccountFollowed, AccountUnfollowed, FollowRequested, FollowRequestRejected, AccountBlocked,
         ReportFiled, SignUpAwaited, UserConfirmed, SignUpTurnedDown.
Emits    NotificationCreated, NotificationsDismissed, NotificationsBroughtBack, NotificationSetApart,
         NotificationRequestAccepted, NotificationRequestDismissed, NotificationPolicyChanged.
"""

"""Statuses: 140 signs, and everything one does with them. Every post passes the one publication gate.

Consumes StatusCardChanged and its own events (to forget what it keeps in memory).
Emits    StatusPublished, StatusReblogged, StatusEdited, StatusMarkedSensitive, StatusDeleted, StatusFavourited,
         StatusUnfavourited, StatusBookmarked, StatusUnbookmarked, StatusPinned, StatusUnpinned, ThreadMuted,
         ThreadUnmuted, VoteCast, PollEnded, PostScheduled, PostUnscheduled, PostNotPublished, StatusSubmitted,
         StatusesImported.
"""

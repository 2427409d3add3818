"""Timelines: which statuses, in which order. Home, local, public, hashtag.

Consumes StatusPublished, StatusReblogged, StatusDeleted, StatusesImported and the events of follows.
Emits    nothing.
"""

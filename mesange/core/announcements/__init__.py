"""Announcements: what the people who keep this server tell everyone on it.

Consumes its own events (to forget what it keeps in memory).
Emits    AnnouncementPlanned, AnnouncementPublished, AnnouncementRemoved, AnnouncementDismissed, AnnouncementReacted.
"""

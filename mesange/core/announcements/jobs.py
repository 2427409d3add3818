"""Reactions to the clock."""

from mesange.core.announcements.actions import publish_due_announcements
from mesange.kit.jobs import Job

JOBS = [Job("publish announcements", seconds=5, run=publish_due_announcements)]

"""Reactions to the clock."""

from mesange.core.accounts.actions.sessions import forget_old_sessions
from mesange.kit.jobs import Job

JOBS = [Job("forget old sessions", seconds=3_600, run=forget_old_sessions)]

"""Reactions to the clock."""

from mesange.core.accounts.actions.links import check_due_links
from mesange.core.accounts.actions.sessions import forget_old_sessions
from mesange.kit.jobs import Job

JOBS = [
    Job("forget old sessions", seconds=3_600, run=forget_old_sessions),
    Job("check links of profiles", seconds=2, run=check_due_links),
]

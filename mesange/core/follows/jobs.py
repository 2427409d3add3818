"""Reactions to the clock."""

from mesange.core.follows.actions import end_mutes
from mesange.kit.jobs import Job

JOBS = [Job("end mutes", seconds=10, run=end_mutes)]

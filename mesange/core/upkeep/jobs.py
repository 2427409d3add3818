"""Reactions to the clock."""

from mesange.core.upkeep.actions.backups import LIMIT_SECONDS, make_backups, plan_backups
from mesange.kit.jobs import Job

JOBS = [
    Job("plan backups", seconds=600, run=plan_backups),
    Job("take backups", seconds=3, run=make_backups, limit_seconds=2 * LIMIT_SECONDS),
]

"""Reactions to the clock."""

from mesange.core.statuses.actions.keys import forget_old_keys
from mesange.kit.jobs import Job

JOBS = [Job("forget old idempotency keys", seconds=300, run=forget_old_keys)]

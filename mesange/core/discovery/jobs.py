"""Reactions to the clock."""

from mesange.core.discovery.actions import forget_old_uses, rank_trends
from mesange.kit.jobs import Job

JOBS = [
    Job("rank trends", seconds=60, run=rank_trends),
    Job("forget old uses", seconds=3_600, run=forget_old_uses),
]

"""Reactions to the clock."""

from mesange.core.notifications.actions.absent import tell_the_absent
from mesange.core.notifications.actions.dismissing import forget_dismissed
from mesange.kit.jobs import Job

JOBS = [
    Job("forget dismissed notifications", seconds=600, run=forget_dismissed),
    Job("tell the absent", seconds=600, run=tell_the_absent),
]

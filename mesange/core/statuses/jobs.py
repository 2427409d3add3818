"""Reactions to the clock."""

from mesange.core.statuses.actions.keys import forget_old_keys
from mesange.core.statuses.actions.polls import end_due_polls
from mesange.core.statuses.actions.schedule import publish_due_posts
from mesange.kit.jobs import Job

JOBS = [
    Job("forget old idempotency keys", seconds=300, run=forget_old_keys),
    Job("publish scheduled posts", seconds=0.25, run=publish_due_posts),
    Job("end polls", seconds=1, run=end_due_polls),
]

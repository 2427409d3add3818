"""Reactions to the clock."""

from mesange.core.archives.actions import (
    carry_out_due_changes,
    erase_departed,
    make_archives,
    remove_old_archives,
    run_imports,
)
from mesange.kit.jobs import Job

HOURS = 3_600.0

JOBS = [
    Job("make archives", seconds=3, run=make_archives, limit_seconds=12 * HOURS),
    Job("read imports", seconds=2, run=run_imports, limit_seconds=3 * HOURS),
    Job("erase departed accounts", seconds=30, run=erase_departed, limit_seconds=12 * HOURS),
    Job("carry out guarded changes", seconds=30, run=carry_out_due_changes, limit_seconds=HOURS),
    Job("remove old archives", seconds=600, run=remove_old_archives),
]

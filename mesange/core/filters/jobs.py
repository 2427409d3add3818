"""Reactions to the clock."""

from mesange.core.filters.actions import end_filters
from mesange.kit.jobs import Job

JOBS = [Job("end filters", seconds=10, run=end_filters)]

"""Reactions to the clock."""

from mesange.core.cards.actions.fetching import fetch_due_cards
from mesange.kit.jobs import Job

JOBS = [Job("fetch link cards", seconds=1, run=fetch_due_cards)]

"""Reactions to the clock."""

from mesange.core.media.actions.clearing import delete_loose_media, give_up_processing
from mesange.core.media.actions.fetched import evict_fetched, write_uses
from mesange.core.media.actions.files import delete_doomed
from mesange.core.media.actions.processing import resume_processing
from mesange.kit.jobs import Job

JOBS = [
    Job("delete doomed files", seconds=10, run=delete_doomed),
    Job("note uses of fetched files", seconds=60, run=write_uses),
    Job("evict fetched files", seconds=300, run=evict_fetched),
    Job("delete loose media", seconds=300, run=delete_loose_media),
    Job("resume processing media", seconds=10, run=resume_processing),
    Job("give up processing media", seconds=600, run=give_up_processing),
]

"""How statuses are stored."""

from mesange.core.statuses.model import Poll, ScheduledStatus, Status, StoredDraft, Submission
from mesange.kit.db.table import Table

statuses = Table("statuses", Status)
polls = Table("polls", Poll, key="status_id")
scheduled_statuses = Table("scheduled_statuses", ScheduledStatus)
drafts = Table("drafts", StoredDraft)
submissions = Table("submissions", Submission)

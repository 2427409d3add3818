"""A mail and the table in which it waits."""

from dataclasses import dataclass

from mesange.kit.db.table import Table


@dataclass(frozen=True)
class QueuedMail:
    """A mail on its way: due at `next_attempt_at`; when that is None, sent or given up for `failed_reason`."""

    id: int
    recipient: str
    subject: str
    body: str
    created_at: int
    sent_at: int | None
    attempts: int
    next_attempt_at: int | None
    failed_reason: str | None


mails = Table("mails", QueuedMail)

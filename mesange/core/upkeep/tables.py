"""How upkeep is stored, and where the rows of work stand that other rooms write."""

from collections.abc import Mapping
from dataclasses import dataclass

from mesange.core.upkeep.model import Backup
from mesange.kit.db.table import Table

backups = Table("backups", Backup)


@dataclass(frozen=True, slots=True)
class Queue:
    """Conditions and expressions on a table of work. `again` and `given_up` are what trying again and giving up set;
    each `?` in `again` is now. `ends`: giving up deletes the row."""

    table: str
    subject: str
    waiting: str
    running: str = "1 = 0"
    failed: str = "1 = 0"
    attempts: str = "0"
    next_at: str = "NULL"
    reason: str = "''"
    again: str = ""
    again_where: str = "1 = 1"
    given_up: str = ""
    ends: bool = False


def _claimed(table: str, subject: str) -> Queue:
    """A table whose rows are asked for, claimed and made."""
    return Queue(
        table, subject, "state = 'asked'", "state = 'making'", "state = 'failed'",
        again="state = 'asked', claimed_at = NULL", again_where="state = 'failed'", given_up="state = 'failed'",
    )  # fmt: skip


_DUE = "next_attempt_at IS NOT NULL"

QUEUES: Mapping[str, Queue] = {
    "mails": Queue(
        "mails", "recipient", _DUE, failed="failed_reason IS NOT NULL", attempts="attempts", next_at="next_attempt_at",
        reason="coalesce(failed_reason, '')", again="next_attempt_at = ?, failed_reason = NULL",
        # The text of a mail that was given up is not kept: there is nothing left to send.
        again_where="sent_at IS NULL AND body <> ''",
        given_up="next_attempt_at = NULL, failed_reason = 'given up by the staff', body = ''",
    ),
    "push": Queue(
        "push_deliveries", "''", "1 = 1", attempts="attempts", next_at="next_attempt_at", again="next_attempt_at = ?",
        ends=True,
    ),
    "cards": Queue(
        "preview_cards", "url", _DUE, attempts="attempts", next_at="next_attempt_at", again="next_attempt_at = ?",
        again_where=_DUE, given_up="next_attempt_at = NULL",
    ),
    "archives": _claimed("archives", "''"),
    "imports": _claimed("imports", "kind"),
}  # fmt: skip

"""What nobody does alone to an account of an organization: two people decide, and for thirty days it can be called
back. In a crisis, while the organization is frozen, nothing of it is begun, decided or carried out."""

from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.clock import DAY
from mesange.kit.errors import Conflict, Forbidden
from mesange.kit.ids import time_of

GRACE = 30 * DAY
ANSWER_LIFE = 7 * DAY


class Guarded(StrEnum):
    DELETION = "deletion"
    RENAMING = "renaming"
    MASS_DELETION = "mass deletion"
    TRANSFER = "transfer"


class ChangeState(StrEnum):
    """Asked by one, approved by another, done when the days of grace are over, unless somebody called it back."""

    ASKED = "asked"
    APPROVED = "approved"
    DONE = "done"
    CALLED_BACK = "called back"
    FAILED = "failed"


class InCrisis(Forbidden):
    public_text = "This organization is frozen: its accounts are neither closed nor changed now. Nothing was done."
    code = "frozen"


class TwoPeople(Forbidden):
    public_text = "Two people decide this: somebody else than the one who asked must approve."
    code = "second_person_needed"


class AskedAlready(Conflict):
    public_text = "This was asked for already. It waits for a second person, or for its days of grace to end."
    code = "asked_already"


@dataclass(frozen=True, slots=True)
class GuardedChange:
    """`target` is the new name of a renaming, the organization (its name in addresses) of a transfer, else ""."""

    id: int
    organization_id: int
    account_id: int
    kind: Guarded
    state: ChangeState
    asked_by: int
    target: str = ""
    approved_by: int | None = None
    approved_at: int | None = None
    due_at: int | None = None
    ended_at: int | None = None
    ended_by: int | None = None

    @property
    def asked_at(self) -> int:
        return time_of(self.id)

    @property
    def is_open(self) -> bool:
        return self.state in (ChangeState.ASKED, ChangeState.APPROVED)

    def is_stale(self, now: int) -> bool:
        """Nobody approved it in time: who still wants it asks again."""
        return self.state is ChangeState.ASKED and self.asked_at + ANSWER_LIFE <= now

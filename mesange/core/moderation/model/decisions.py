"""What is decided about an account, on which ground, and how the person concerned may answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mesange.core.accounts.model import Restriction
from mesange.core.moderation.model.reports import MOST_REPORTED
from mesange.kit.clock import DAY
from mesange.kit.errors import Conflict, Forbidden, Invalid
from mesange.kit.ids import time_of
from mesange.kit.text import clean

MOST_STATEMENT = 3_000
MOST_APPEAL = 2_000
MOST_REFUSAL = 1_000
MOST_AT_ONCE = 100
APPEAL_LIFE = 184 * DAY
"""Six months, the longest there are (article 20 §1 of the Digital Services Act)."""
AFTER_REFUSAL = 30 * DAY
"""What was answered late stays as long after the refusal: time to ask a dispute body or a court."""


class Measure(StrEnum):
    """From nothing to everything."""

    NONE = "none"
    WARN = "warn"
    SENSITIVE = "sensitive"
    DELETE = "delete"
    LIMIT = "limit"
    FREEZE = "freeze"
    SUSPEND = "suspend"

    @property
    def restriction(self) -> Restriction | None:
        """What stays laid on the account until it is lifted."""
        return RESTRICTIONS.get(self.value)

    @property
    def is_about_posts(self) -> bool:
        return self in (Measure.SENSITIVE, Measure.DELETE)


RESTRICTIONS = {"limit": Restriction.LIMITED, "freeze": Restriction.FROZEN, "suspend": Restriction.SUSPENDED}


class Ground(StrEnum):
    """Why: our own rules, or the law."""

    RULE = "rule"
    LAW = "law"


class NotOverStaff(Forbidden):
    public_text = "Only somebody of a higher role decides about a member of the staff."


class AlreadyAppealed(Conflict):
    public_text = "You have answered this decision already; the moderation will read what you wrote."


@dataclass(frozen=True, slots=True)
class Decision:
    """What a member of the staff wants done. `text` is what the person concerned will read."""

    account_id: int
    measure: str
    ground: str = Ground.RULE.value
    text: str = ""
    rule_ids: Sequence[int] = ()
    status_ids: Sequence[int] = ()
    report_id: int | None = None
    is_automated: bool = False


@dataclass(frozen=True, slots=True)
class Strike:
    """A decision as it stands: the statement of reasons that the person concerned may read.

    `decided_by` never leaves the administration. `removal_at`: when what is suspended may be erased, if the decision
    stands and no answer waits; None again once that was announced.
    """

    id: int
    account_id: int
    measure: Measure
    ground: Ground
    text: str
    rule_ids: str
    status_ids: str
    is_automated: bool
    decided_by: int
    report_id: int | None = None
    lifted_at: int | None = None
    appeal: str = ""
    appealed_at: int | None = None
    answered_at: int | None = None
    removal_at: int | None = None

    @property
    def created_at(self) -> int:
        return time_of(self.id)

    @property
    def appeal_ends_at(self) -> int:
        return self.created_at + APPEAL_LIFE


def checked_decision(decision: Decision) -> tuple[Measure, Ground, str]:
    """The measure, its ground and its text as they are kept. Raises Invalid naming the field."""
    try:
        measure, ground = Measure(decision.measure), Ground(decision.ground)
    except ValueError:
        raise Invalid("This measure does not exist.", field="measure", code="ERR_INCLUSION") from None
    text = clean(decision.text, MOST_STATEMENT + 1)
    if len(text) > MOST_STATEMENT:
        raise Invalid(f"An explanation has at most {MOST_STATEMENT} signs.", field="text", code="ERR_TOO_LONG")
    if measure is not Measure.NONE and not text.strip():
        raise Invalid("Say to the person concerned what happened and why.", field="text", code="ERR_BLANK")
    if measure.is_about_posts and not decision.status_ids:
        raise Invalid("Choose the posts that this is about.", field="status_ids", code="ERR_BLANK")
    if len(decision.status_ids) > MOST_REPORTED:
        raise Invalid(f"A decision is about at most {MOST_REPORTED} posts.", field="status_ids")
    return measure, ground, text


def checked_refusal(why: str) -> str:
    """What is written to a newcomer who is refused, or nothing. Raises Invalid."""
    text = clean(why, MOST_REFUSAL + 1).strip()
    if len(text) > MOST_REFUSAL:
        raise Invalid(f"A reason has at most {MOST_REFUSAL} signs.", field="why", code="ERR_TOO_LONG")
    return text


def may_appeal(strike: Strike, now: int) -> bool:
    """Once, while the decision stands, for half a year."""
    return strike.appealed_at is None and strike.lifted_at is None and now < strike.appeal_ends_at

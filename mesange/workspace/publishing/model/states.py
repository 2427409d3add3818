"""The states of a publication, and the one table of the steps that lead from one to another."""

from enum import StrEnum

from mesange.kit.errors import Conflict


class PublicationState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    FAILED = "failed"
    FROZEN = "frozen"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Whether its words may still be changed."""
        return self not in (PublicationState.PUBLISHING, PublicationState.PUBLISHED, PublicationState.CANCELLED)


class Step(StrEnum):
    """What is done to a publication; each step stands in its history."""

    WRITE = "write"
    REVISE = "revise"
    PLAN = "plan"
    SUBMIT = "submit"
    REQUEST_CHANGES = "request_changes"
    APPROVE = "approve"
    CLEAR = "clear"
    """The last tier has approved."""
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    BEGIN = "begin"
    PUBLISH = "publish"
    FAIL = "fail"
    FREEZE = "freeze"
    RECALL = "recall"
    """A rule that came later wants it approved."""
    CANCEL = "cancel"
    REOPEN = "reopen"


S = PublicationState
TRANSITIONS: dict[Step, dict[PublicationState, PublicationState]] = {
    Step.REVISE: {
        S.DRAFT: S.DRAFT,
        S.IN_REVIEW: S.IN_REVIEW,
        S.CHANGES_REQUESTED: S.CHANGES_REQUESTED,
        # Other words than those that were approved, or planned: they begin again.
        **dict.fromkeys((S.APPROVED, S.SCHEDULED, S.FAILED, S.FROZEN), S.DRAFT),
    },
    Step.PLAN: {state: state for state in (S.DRAFT, S.IN_REVIEW, S.CHANGES_REQUESTED, S.APPROVED, S.SCHEDULED)},
    Step.SUBMIT: {S.DRAFT: S.IN_REVIEW, S.CHANGES_REQUESTED: S.IN_REVIEW, S.FAILED: S.IN_REVIEW},
    Step.REQUEST_CHANGES: {S.IN_REVIEW: S.CHANGES_REQUESTED, S.APPROVED: S.CHANGES_REQUESTED},
    Step.APPROVE: {S.IN_REVIEW: S.IN_REVIEW},
    Step.CLEAR: {S.IN_REVIEW: S.APPROVED},
    Step.SCHEDULE: dict.fromkeys((S.DRAFT, S.APPROVED, S.SCHEDULED, S.FAILED, S.FROZEN), S.SCHEDULED),
    Step.UNSCHEDULE: {S.SCHEDULED: S.APPROVED},
    Step.BEGIN: {S.SCHEDULED: S.PUBLISHING},
    Step.PUBLISH: {S.PUBLISHING: S.PUBLISHED},
    Step.FAIL: {S.SCHEDULED: S.FAILED, S.PUBLISHING: S.FAILED},
    Step.FREEZE: {S.SCHEDULED: S.FROZEN, S.PUBLISHING: S.FROZEN, S.APPROVED: S.FROZEN},
    Step.RECALL: {S.SCHEDULED: S.IN_REVIEW, S.PUBLISHING: S.IN_REVIEW},
    Step.CANCEL: dict.fromkeys([state for state in S if state.is_open], S.CANCELLED),
    Step.REOPEN: {S.CANCELLED: S.DRAFT},
}


class WrongState(Conflict):
    public_text = "This publication is no longer where it was: somebody else was faster. Look at it again."
    code = "wrong_state"


def state_after(step: Step, state: PublicationState) -> PublicationState:
    """Raises WrongState when the step does not lead anywhere from here."""
    after = TRANSITIONS[step].get(state)
    if after is None:
        raise WrongState()
    return after


def steps_from(state: PublicationState) -> list[Step]:
    """What can be done to a publication in this state."""
    return [step for step, ways in TRANSITIONS.items() if state in ways]

"""The states of a publication: which step leads where, and from which state nothing leads on."""

import pytest

from mesange.workspace.publishing.model import TRANSITIONS, PublicationState, Step, WrongState, state_after, steps_from

S = PublicationState


@pytest.mark.parametrize(
    ("steps", "end"),
    [
        ([Step.SUBMIT, Step.APPROVE, Step.CLEAR, Step.SCHEDULE, Step.BEGIN, Step.PUBLISH], S.PUBLISHED),
        ([Step.SUBMIT, Step.REQUEST_CHANGES, Step.REVISE, Step.SUBMIT, Step.CLEAR], S.APPROVED),
        ([Step.SUBMIT, Step.REVISE], S.IN_REVIEW),
        ([Step.SCHEDULE, Step.REVISE], S.DRAFT),
        ([Step.SCHEDULE, Step.BEGIN, Step.FAIL, Step.SCHEDULE], S.SCHEDULED),
        ([Step.SCHEDULE, Step.FREEZE, Step.SCHEDULE], S.SCHEDULED),
        ([Step.SCHEDULE, Step.UNSCHEDULE], S.APPROVED),
        ([Step.CANCEL, Step.REOPEN], S.DRAFT),
    ],
)
def test_a_publication_goes_its_way(steps: list[Step], end: PublicationState) -> None:
    state = S.DRAFT
    for step in steps:
        state = state_after(step, state)
    assert state is end


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.WRITE])
def test_what_is_published_stays_published(step: Step) -> None:
    with pytest.raises(WrongState):
        state_after(step, S.PUBLISHED)


def test_only_what_is_approved_or_free_is_scheduled() -> None:
    assert not {S.IN_REVIEW, S.CHANGES_REQUESTED, S.CANCELLED, S.PUBLISHED} & TRANSITIONS[Step.SCHEDULE].keys()


def test_nothing_is_published_that_was_not_begun_and_nothing_begun_that_was_not_scheduled() -> None:
    assert TRANSITIONS[Step.PUBLISH] == {S.PUBLISHING: S.PUBLISHED}
    assert TRANSITIONS[Step.BEGIN] == {S.SCHEDULED: S.PUBLISHING}


@pytest.mark.parametrize("state", [state for state in S if state is not S.PUBLISHED])
def test_from_everywhere_else_there_is_a_way_on(state: PublicationState) -> None:
    assert steps_from(state)


def test_each_state_can_be_reached() -> None:
    reached = {S.DRAFT}
    for _ in S:
        reached |= {after for ways in TRANSITIONS.values() for before, after in ways.items() if before in reached}
    assert reached == set(S)

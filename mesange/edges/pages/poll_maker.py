"""The poll of a part that is being written: four fields, how long it runs, how one may choose."""

from collections.abc import Mapping
from dataclasses import dataclass

from mesange.core.statuses.model import MOST_OPTIONS, PollDraft, PollState
from mesange.front.visit import Visit

A_DAY = "86400"


@dataclass(frozen=True, slots=True)
class PollTyped:
    """As it was typed; it asks something once one option has words."""

    options: tuple[str, ...] = ()
    expires_in: str = A_DAY
    is_multiple: bool = False
    hides_totals: bool = False

    @property
    def is_asked(self) -> bool:
        return any(option.strip() for option in self.options)

    @property
    def values(self) -> Mapping[str, str]:
        options = {f"option_{number}": option for number, option in enumerate(self.options, 1)}
        ticks = {"multiple": "1" if self.is_multiple else "", "hide_totals": "1" if self.hides_totals else ""}
        return {**options, **ticks, "expires_in": self.expires_in, "poll": "1" if self.is_asked else ""}

    @property
    def draft(self) -> PollDraft | None:
        """Fields that were left empty are no options."""
        if not self.is_asked:
            return None
        options = tuple(option for option in self.options if option.strip())
        return PollDraft(options, int(self.expires_in), self.is_multiple, self.hides_totals)


NO_POLL = PollTyped()


def poll_typed(visit: Visit, suffix: str) -> PollTyped:
    seconds = visit.text(f"expires_in{suffix}")
    return PollTyped(
        options=tuple(visit.text(f"option_{number}{suffix}")[:1_000] for number in range(1, MOST_OPTIONS + 1)),
        expires_in=seconds if seconds.isascii() and seconds.isdigit() and len(seconds) < 9 else A_DAY,
        is_multiple=bool(visit.text(f"multiple{suffix}")),
        hides_totals=bool(visit.text(f"hide_totals{suffix}")),
    )


def poll_asked_again(state: PollState | None) -> PollTyped:
    """The poll of a post that is written anew, for a day."""
    if state is None:
        return NO_POLL
    return PollTyped(state.titles, A_DAY, state.poll.is_multiple, state.poll.hides_totals)


def poll_again(draft: PollDraft | None) -> PollTyped:
    if draft is None:
        return NO_POLL
    return PollTyped(draft.options, str(draft.expires_in), draft.is_multiple, draft.hides_totals)

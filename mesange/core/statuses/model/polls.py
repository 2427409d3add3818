"""Polls: what may be asked, who may answer, what is shown."""

from dataclasses import dataclass, replace

import msgspec

from mesange.kit.clock import SECOND
from mesange.kit.errors import Invalid
from mesange.kit.text import Entities, clean_name, count_signs

FEWEST_OPTIONS, MOST_OPTIONS = 2, 4
MOST_OPTION_SIGNS = 50
SHORTEST_POLL, LONGEST_POLL = 300, 2_629_746
"""Seconds: five minutes to a month, as in Mastodon."""
AS_IT_STANDS = Entities()
"""No link in an option counts less than its signs."""


class PollEndedBefore(Invalid):
    public_text = "Validation failed: The poll has already ended"
    code = "ERR_EXPIRED"


class VotedAlready(Invalid):
    public_text = "Validation failed: You have already voted on this poll"
    code = "ERR_TAKEN"


@dataclass(frozen=True, slots=True)
class PollDraft:
    """A poll that someone wants to publish; `expires_in` is in seconds from the publication."""

    options: tuple[str, ...]
    expires_in: int
    is_multiple: bool = False
    hides_totals: bool = False


@dataclass(frozen=True, slots=True)
class Poll:
    """The poll of a status, named by it. `ended_at` is when its end was told; `voters` counts people."""

    status_id: int
    account_id: int
    is_multiple: bool
    hides_totals: bool
    expires_at: int
    ended_at: int | None = None
    voters: int = 0

    def is_over(self, now: int) -> bool:
        return self.ended_at is not None or self.expires_at <= now


@dataclass(frozen=True, slots=True)
class PollOption:
    title: str
    votes: int = 0


@dataclass(frozen=True, slots=True)
class PollState:
    """A poll with its options as they are counted now."""

    poll: Poll
    options: tuple[PollOption, ...]

    @property
    def votes(self) -> int:
        return sum(option.votes for option in self.options)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(option.title for option in self.options)

    def asks_the_same_as(self, other: "PollState") -> bool:
        return self.titles == other.titles and self.poll.is_multiple == other.poll.is_multiple

    def shows_totals(self, now: int) -> bool:
        return not self.poll.hides_totals or self.poll.is_over(now)


def check_media_or_poll(*, has_media: bool, has_poll: bool) -> None:
    """Raises Invalid for a post that would carry both."""
    if has_media and has_poll:
        raise Invalid("A post carries media or a poll, not both.", field="poll", code="ERR_POLL")


def checked_poll(draft: PollDraft) -> PollDraft:
    """The poll with its options cleaned. Raises Invalid with what is wrong."""
    options = tuple(clean_name(option) for option in draft.options[: MOST_OPTIONS + 1])
    if len(options) < FEWEST_OPTIONS or not all(options):
        raise _refused("Options must have more than one item, none of them empty")
    if len(options) > MOST_OPTIONS:
        raise _refused(f"Options can't contain more than {MOST_OPTIONS} items")
    if any(count_signs(option, AS_IT_STANDS) > MOST_OPTION_SIGNS for option in options):
        raise _refused(f"Options can't be longer than {MOST_OPTION_SIGNS} characters each")
    if len({option.casefold() for option in options}) < len(options):
        raise _refused("Options contain duplicate items")
    if not SHORTEST_POLL <= draft.expires_in <= LONGEST_POLL:
        raise _refused("Expires in must be between five minutes and a month")
    return PollDraft(options, draft.expires_in, draft.is_multiple, draft.hides_totals)


def _refused(reason: str) -> Invalid:
    return Invalid(f"Validation failed: {reason}", field="poll", code="ERR_POLL")


def poll_of(draft: PollDraft, status_id: int, account_id: int, now: int) -> PollState:
    poll = Poll(status_id, account_id, draft.is_multiple, draft.hides_totals, now + draft.expires_in * SECOND)
    return PollState(poll, tuple(PollOption(title) for title in draft.options))


def poll_again(before: PollState | None, after: PollState) -> PollState:
    """What stands after an edit: the votes stay when the question stays, as in Mastodon."""
    if before is None or not before.asks_the_same_as(after):
        return after
    return PollState(replace(after.poll, voters=before.poll.voters), before.options)


def checked_choices(poll: Poll, options: int, choices: list[int], voter_id: int, now: int) -> list[int]:
    """The choices, each once. Raises PollEndedBefore, Invalid."""
    if poll.is_over(now):
        raise PollEndedBefore()
    if poll.account_id == voter_id:
        raise Invalid("Validation failed: You cannot vote in your own polls", field="choices")
    chosen = sorted(set(choices))
    if not chosen:
        raise Invalid("Validation failed: Choose at least one option", field="choices", code="ERR_BLANK")
    if not all(0 <= choice < options for choice in chosen):
        raise Invalid("Validation failed: The chosen vote option does not exist", field="choices")
    if len(chosen) > 1 and not poll.is_multiple:
        raise Invalid("Validation failed: Only one option may be chosen", field="choices")
    return chosen


def stored_titles(state: PollState | None) -> str:
    """Titles as a version of the post keeps them; "" without a poll."""
    return msgspec.json.encode(state.titles).decode() if state else ""


def titles_in(stored: str) -> tuple[str, ...]:
    return msgspec.json.decode(stored, type=tuple[str, ...]) if stored else ()


def ballot(choices: list[int]) -> int:
    """Choices as one number, a bit for each: so that one row holds the whole vote of a person."""
    return sum(1 << choice for choice in choices)


def choices_on(ballot: int) -> list[int]:
    return [choice for choice in range(ballot.bit_length()) if ballot >> choice & 1]

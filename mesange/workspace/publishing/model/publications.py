"""A publication: words for one account of an organization, on their way to their readers; what is said about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mesange.core.statuses.model import Draft, parts_in
from mesange.workspace.publishing.model.states import PublicationState, Step, state_after


@dataclass(frozen=True, slots=True)
class Publication:
    """`parts` is a JSON list of drafts, `digest` what approvals of them are bound to; `edited_by` wrote them last.

    `planned_at` is the instant of `wall`, a local time such as 2026-10-18T09:00, in `zone`; `turn` says which one of an
    hour that comes twice. Variants of one message share `variant_id`. With `boosts_id` it has no words of its own: it
    boosts what that publication became, if that bears the hashtag `boosts_tag`. `planned_by` chose its instant, or
    approved it last. `reason` says why it did not leave, or what it waits for.
    """

    id: int
    organization_id: int
    account_id: int
    author_id: int
    edited_by: int
    state: PublicationState
    parts: str
    digest: str
    planned_at: int | None = None
    wall: str = ""
    zone: str = ""
    turn: int | None = None
    theme_id: int | None = None
    slot_id: int | None = None
    series_id: int | None = None
    variant_id: int | None = None
    boosts_id: int | None = None
    boosts_tag: str = ""
    client_id: int | None = None
    submission_id: int | None = None
    status_id: int | None = None
    published_at: int | None = None
    reason: str = ""
    revision: int = 0
    planned_by: int | None = None

    @property
    def drafts(self) -> list[Draft]:
        return parts_in(self.parts)

    @property
    def is_answer(self) -> bool:
        """Whether it answers or boosts what others wrote: approval rules may leave these alone."""
        return self.boosts_id is not None or self.drafts[0].in_reply_to_id is not None

    @property
    def lateness(self) -> int:
        """Milliseconds between the instant it was planned for and the one it left at."""
        return self.published_at - self.planned_at if self.published_at and self.planned_at else 0

    def after(self, step: Step) -> "Publication":
        """The publication when this was done to it. Raises WrongState."""
        return replace(self, state=state_after(step, self.state), revision=self.revision + 1)


@dataclass(frozen=True, slots=True)
class PublicationRevision:
    """What was done to a publication, by which user (0 for the program); `parts` are its words from then on."""

    id: int
    publication_id: int
    user_id: int
    step: Step
    state: PublicationState
    parts: str
    planned_at: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublicationComment:
    """What a colleague says about a publication; readers of the post never see it."""

    id: int
    publication_id: int
    user_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject of the editorial calendar; `colour` is a number of the palette, from 0."""

    id: int
    organization_id: int
    name: str
    colour: int


@dataclass(frozen=True, slots=True)
class PublicationFilter:
    """Which publications are asked for; what is left empty is not asked for. Instants in milliseconds."""

    states: Sequence[PublicationState] = field(default=())
    account_id: int = 0
    theme_id: int = 0
    author_id: int = 0
    series_id: int = 0
    variant_id: int = 0
    since: int | None = None
    until: int | None = None

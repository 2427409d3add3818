"""Polls in the cards of posts, as they stand for this viewer."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mesange.core.statuses.model import Holds, PollState, Status
from mesange.core.statuses.queries import load_choices, load_polls
from mesange.front.guard import form_token
from mesange.front.views import Ids, Milliseconds
from mesange.front.visit import Visit, templates
from mesange.kit.web.catalogue import marked as _


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One answer of a poll; `share` is in percent."""

    number: int
    title: str
    votes: int
    share: int
    share_text: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class PollView:
    id: Ids
    warning: str
    choices: tuple[ChoiceView, ...]
    voters: int
    ends_at: Milliseconds
    is_over: bool
    is_multiple: bool
    shows_totals: bool
    can_vote: bool


async def polls_of(visit: Visit, statuses: Sequence[Status]) -> dict[int, Markup]:
    """Polls as HTML by the id of their status; no query when none of them has one."""
    asking = [status for status in statuses if status.holds & Holds.POLL]
    if not asking:
        return {}
    found = await load_polls(visit.server, [status.id for status in asking])
    chosen = await load_choices(visit.server.db, visit.viewer.account_id, list(found))
    poll = templates().macro(visit.language, "components/poll.html", "poll")
    token = form_token(visit.secret)
    return {
        status.id: Markup(  # noqa: S704  (a macro of ours)
            poll(_view(visit, status, found[status.id], chosen.get(status.id)), token, _back(visit, status))
        )
        for status in asking
        if status.id in found
    }


def _back(visit: Visit, status: Status) -> str:
    """The page that shows the poll; a piece of a page is no place to come back to."""
    path = visit.request.path
    return f"/statuses/{status.id}" if path.startswith("/statuses/") or path.endswith("/cards") else path


def _view(visit: Visit, status: Status, state: PollState, chosen: list[int] | None) -> PollView:
    now, poll = visit.server.clock.now(), state.poll
    is_over, is_own = poll.is_over(now), poll.account_id == visit.viewer.account_id
    of = (poll.voters if poll.is_multiple else state.votes) or 1
    shares = [round(100 * option.votes / of) for option in state.options]
    return PollView(
        id=str(poll.status_id),
        warning=status.spoiler_text,
        choices=tuple(
            ChoiceView(
                number,
                option.title,
                option.votes,
                min(share, 100),
                visit.gettext(_("%(share)s%%"), share=share),
                number in (chosen or ()),
            )
            for number, (option, share) in enumerate(zip(state.options, shares, strict=True))
        ),
        voters=poll.voters,
        ends_at=poll.expires_at,
        is_over=is_over,
        is_multiple=poll.is_multiple,
        shows_totals=state.shows_totals(now),
        can_vote=not (is_over or is_own or chosen is not None or visit.viewer.is_visitor or visit.looks_on),
    )

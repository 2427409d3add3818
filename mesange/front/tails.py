"""The part of a post that is alive, as HTML: counts, and what the viewer did and may do. Equal tails are made once."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.statuses.model import Mark, Status, StatusStats, may_reblog
from mesange.core.statuses.queries import load_marks, load_status_stats, load_statuses
from mesange.front.faces import url_of
from mesange.front.views import Ids
from mesange.front.visit import Visit, templates
from mesange.kit.rendered import Cache

MOST_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class TailView:
    """The part of a post that is alive: its counts, and what the viewer did and may do."""

    id: Ids
    url: str
    author_id: Ids
    author_handle: str
    replies: int = 0
    boosts: int = 0
    favourites: int = 0
    is_boosted: bool = False
    is_favourite: bool = False
    is_bookmarked: bool = False
    is_pinned: bool = False
    is_muted: bool = False
    is_own: bool = False
    can_boost: bool = True


class Tails:
    """Stored tails by language, what they show, and what the reader may do: nothing, act, or only look on."""

    def __init__(self) -> None:
        self.stored: Cache[tuple[str, TailView, str], Markup] = Cache(MOST_BYTES)


@dataclass(frozen=True, slots=True)
class Tail:
    view: TailView
    html: Markup


async def tails_of(visit: Visit, statuses: Sequence[Status], accounts: dict[int, Account]) -> dict[int, Tail]:
    """Tails by status id. `accounts` holds the authors."""
    ids = [status.id for status in statuses]
    stats = await load_status_stats(visit.server, ids)
    marks = await load_marks(visit.server, visit.viewer.account_id, ids)
    views = {
        status.id: _view(visit, status, accounts[status.account_id], stats[status.id], marks.get(status.id, Mark.NONE))
        for status in statuses
    }
    return {id: Tail(view, _html(visit, view)) for id, view in views.items()}


async def tail_of(visit: Visit, status_id: int) -> Tail:
    status = (await load_statuses(visit.server, [status_id]))[status_id]
    accounts = await load_accounts(visit.server, [status.account_id])
    return (await tails_of(visit, [status], accounts))[status_id]


def _html(visit: Visit, view: TailView) -> Markup:
    stored = visit.server.of(Tails).stored
    reader = "visitor" if visit.viewer.is_visitor else "onlooker" if visit.looks_on else "person"
    key = (visit.language, view, reader)
    html = stored.get(key)
    if html is None:
        tail = templates().macro(visit.language, "components/post.html", "tail")
        html = Markup(tail(view, reader))  # noqa: S704  (a macro of ours)
        stored.put(key, html, len(html))
    return html


def _view(visit: Visit, status: Status, author: Account, stats: StatusStats, mark: int) -> TailView:
    return TailView(
        id=str(status.id),
        url=f"{url_of(author)}/{status.id}",
        author_id=str(author.id),
        author_handle=f"@{author.acct}",
        replies=stats.replies,
        boosts=stats.reblogs,
        favourites=stats.favourites,
        is_boosted=bool(mark & Mark.REBLOGGED),
        is_favourite=bool(mark & Mark.FAVOURITED),
        is_bookmarked=bool(mark & Mark.BOOKMARKED),
        is_pinned=bool(mark & Mark.PINNED),
        is_muted=bool(mark & Mark.MUTED),
        is_own=author.id == visit.viewer.account_id,
        can_boost=may_reblog(visit.viewer.account_id, status),
    )

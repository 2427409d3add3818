"""Posts ready for a list: heads from the byte cache, tails made for the viewer, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.statuses.model import Mark, Status, StatusStats, may_reblog
from mesange.core.statuses.queries import load_marks, load_status_stats, load_statuses, only_visible
from mesange.edges.pages.content import Names, accounts_named_in, status_html
from mesange.edges.pages.faces import account_view, url_of
from mesange.edges.pages.views import Card, StatusView, TailView
from mesange.edges.pages.visit import Visit, templates
from mesange.kit.rendered import Cache
from mesange.kit.server import Server

MOST_HEADS = 8_000_000
WHEN = "\x02when\x03"
"""Stands in a stored head where the time will be: "5 min" would be wrong a minute later."""


class Heads:
    """Stored heads by language, id, revision and face of the author."""

    def __init__(self) -> None:
        self.stored: Cache[tuple[str | int, ...], str] = Cache(MOST_HEADS)


async def cards_of(visit: Visit, ids: Sequence[int]) -> list[Card]:
    """Those of the statuses that the viewer may see, in the order asked."""
    server = visit.server
    entries = await only_visible(server, visit.viewer, ids)
    originals = await load_statuses(server, [entry.reblog_of_id or entry.id for entry in entries])
    shown = list(originals.values())
    accounts = await load_accounts(server, _people(entries, shown))
    heads = await heads_of(visit, shown, accounts)
    tails = await tails_of(visit, shown, accounts)
    cards: list[Card] = []
    for entry in entries:
        id = entry.reblog_of_id or entry.id
        if id in heads:
            booster = account_view(accounts[entry.account_id]) if entry.reblog_of_id else None
            cards.append(Card(str(id), str(entry.id), heads[id], tails[id], booster))
    return cards


def _people(entries: Sequence[Status], shown: Sequence[Status]) -> set[int]:
    writers = {status.account_id for status in (*entries, *shown)}
    return writers | {status.in_reply_to_account_id for status in shown if status.in_reply_to_account_id}


async def heads_of(visit: Visit, statuses: Sequence[Status], accounts: dict[int, Account]) -> dict[int, Markup]:
    stored = visit.server.of(Heads).stored
    now = visit.server.clock.now()
    keys = {each.id: _key(visit.language, each, accounts[each.account_id]) for each in statuses}
    missing = [each for each in statuses if stored.get(keys[each.id]) is None]
    if missing:
        names = await accounts_named_in(visit.server, [each.text for each in missing])
        head = templates().macro(visit.language, "components/post.html", "head")
        for status in missing:
            html = str(head(status_view(visit.server, status, accounts, names), WHEN))
            stored.put(keys[status.id], html, len(html))
    when = templates().macro(visit.language, "components/parts.html", "since")
    return {
        each.id: Markup((stored.get(keys[each.id]) or "").replace(WHEN, str(when(each.created_at, now))))  # noqa: S704
        for each in statuses
    }


def _key(language: str, status: Status, author: Account) -> tuple[str | int, ...]:
    return language, status.id, status.revision, author.display_name, author.avatar, author.is_bot


def status_view(server: Server, status: Status, accounts: dict[int, Account], names: Names) -> StatusView:
    author = accounts[status.account_id]
    answered = accounts.get(status.in_reply_to_account_id or 0)
    return StatusView(
        id=str(status.id),
        url=f"{url_of(author)}/{status.id}",
        account=account_view(author),
        content=status_html(server, status, names),
        visibility=status.visibility.value,
        created_at=status.created_at,
        warning=status.spoiler_text,
        language=status.language,
        reply_to=f"@{answered.acct}" if answered and answered.id != author.id else "",
        edited_at=status.edited_at,
    )


async def tails_of(visit: Visit, statuses: Sequence[Status], accounts: dict[int, Account]) -> dict[int, TailView]:
    ids = [status.id for status in statuses]
    stats = await load_status_stats(visit.server, ids)
    marks = await load_marks(visit.server, visit.viewer.account_id, ids)
    return {
        status.id: _tail(visit, status, accounts[status.account_id], stats[status.id], marks.get(status.id, Mark.NONE))
        for status in statuses
    }


def _tail(visit: Visit, status: Status, author: Account, stats: StatusStats, mark: Mark) -> TailView:
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
        is_own=author.id == visit.viewer.account_id,
        can_boost=may_reblog(visit.viewer.account_id, status),
    )


async def tail_of(visit: Visit, status_id: int) -> TailView:
    status = (await load_statuses(visit.server, [status_id]))[status_id]
    accounts = await load_accounts(visit.server, [status.account_id])
    return (await tails_of(visit, [status], accounts))[status_id]


def joined(cards: list[Card]) -> list[Card]:
    """Each card followed by its answer is joined to it by the line."""
    return [replace(card, is_joined=True) for card in cards]

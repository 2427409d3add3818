"""What many speak of now, and who is here."""

from dataclasses import dataclass

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.cards.queries import load_cards_by_url
from mesange.core.discovery.model import DayOfUse, TrendKind
from mesange.core.discovery.queries import Order, list_directory, list_trending_statuses, list_trends, load_histories
from mesange.edges.pages.around import as_written, busy_hashtags
from mesange.front.cards import cards_of
from mesange.front.content import hashtag_url
from mesange.front.faces import account_view
from mesange.front.views import PersonRow
from mesange.front.visit import Visit, id_in
from mesange.kit.text import excerpt, plain
from mesange.kit.web.response import Response

HASHTAGS, LINKS, POSTS = 10, 6, 20
PEOPLE = 40
WORDS = 120


@dataclass(frozen=True, slots=True)
class TrendView:
    """`people` used it today; `days` are the uses of the last seven days, the oldest first."""

    title: str
    url: str
    people: int
    days: tuple[int, ...]
    source: str = ""


async def trends(visit: Visit) -> Response:
    ids = await list_trending_statuses(visit.server, visit.viewer, limit=POSTS)
    hashtags = await busy_hashtags(visit.server)
    return await visit.page(
        "trends.html",
        place="explore",
        trending=await _hashtags(visit),
        links=await _links(visit),
        cards=await cards_of(visit, ids, "public"),
        hashtags=hashtags,
    )


async def _hashtags(visit: Visit) -> list[TrendView]:
    found = await list_trends(visit.server, TrendKind.HASHTAG, limit=HASHTAGS)
    days = await load_histories(visit.server, [trend.id for trend in found])
    return [_view(f"#{as_written(visit.server, trend.key)}", hashtag_url(trend.key), days[trend.id]) for trend in found]


async def _links(visit: Visit) -> list[TrendView]:
    found = await list_trends(visit.server, TrendKind.LINK, limit=LINKS)
    days = await load_histories(visit.server, [trend.id for trend in found])
    cards = await load_cards_by_url(visit.server.db, [trend.key for trend in found])
    return [_view(cards[trend.key].title, trend.key, days[trend.id], cards[trend.key].provider_name) for trend in found]


def _view(title: str, url: str, days: list[DayOfUse], source: str = "") -> TrendView:
    return TrendView(title, url, days[0].people, tuple(day.uses for day in reversed(days)), source)


async def directory(visit: Visit) -> Response:
    order = Order.NEW if visit.text("order") == "new" else Order.ACTIVE
    skipped = min(id_in(visit.text("offset")), 1_000)
    ids = await list_directory(visit.server, visit.viewer, order, limit=PEOPLE, offset=skipped, is_local=True)
    accounts = await load_accounts(visit.server, ids)
    older = f"/directory?order={order.value}&offset={skipped + PEOPLE}" if len(ids) == PEOPLE else ""
    return await visit.page(
        "directory.html",
        place="explore",
        order=order.value,
        rows=[
            PersonRow(account_view(visit.server, each), words=_words(each)) for each in map(accounts.__getitem__, ids)
        ],
        older=older,
        hashtags=await busy_hashtags(visit.server),
    )


def _words(account: Account) -> str:
    return excerpt(account.note if account.uri is None else plain(account.note), WORDS)

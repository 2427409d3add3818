"""Trends as they are shown, and as staff see them."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import load_accounts
from mesange.core.discovery.model import KEPT_DAYS, DayOfUse, Review, Trend, TrendKind, day_of
from mesange.core.discovery.queries.directory import may_be_shown
from mesange.core.discovery.tables import trends
from mesange.core.follows.queries import relations_of
from mesange.core.statuses.queries import only_visible
from mesange.kit.server import Server

SHOWN_DAYS = KEPT_DAYS - 1
MOST_SHOWN = 200
SHOWN = {
    "reviewed": (Review.APPROVED.value,),
    "trusted": (Review.APPROVED.value, Review.PENDING.value),
    "off": (),
}


async def list_trends(server: Server, kind: TrendKind, *, limit: int, offset: int = 0) -> list[Trend]:
    """The strongest first, of those that may be shown here."""
    reviews = SHOWN[server.settings.trends]
    if not reviews:
        return []
    rows = await server.db.rows(
        f"SELECT {trends.columns} FROM trends WHERE kind = ? AND score > 0 AND review = ANY(?) "
        "ORDER BY score DESC, id LIMIT ? OFFSET ?",
        kind.value,
        list(reviews),
        limit,
        offset,
    )
    return [trends.load(row) for row in rows]


async def list_trending_statuses(server: Server, viewer: Viewer, *, limit: int, offset: int = 0) -> list[int]:
    """Ids of posts of many hands: of authors who want to be discovered, without those hidden from the viewer."""
    found = await list_trends(server, TrendKind.STATUS, limit=MOST_SHOWN)
    visible = await only_visible(server, viewer, [int(trend.key) for trend in found])
    authors = await load_accounts(server, {status.account_id for status in visible})
    hidden = (await relations_of(server, viewer.account_id)).hidden
    shown = [
        status.id for status in visible if may_be_shown(authors[status.account_id]) and status.account_id not in hidden
    ]
    return shown[offset : offset + limit]


async def list_reviewable(server: Server, kind: TrendKind, review: Review, *, limit: int = 100) -> list[Trend]:
    """For staff: what trends and was judged so, or waits for it, the strongest first."""
    rows = await server.db.rows(
        f"SELECT {trends.columns} FROM trends WHERE kind = ? AND score > 0 AND review = ? "
        "ORDER BY score DESC, id LIMIT ?",
        kind.value,
        review.value,
        limit,
    )
    return [trends.load(row) for row in rows]


async def find_hashtag_trends(server: Server, names: Sequence[str]) -> dict[str, Trend]:
    """What is known of these hashtags' use, by name."""
    rows = await server.db.rows(
        f"SELECT {trends.columns} FROM trends WHERE kind = ? AND key = ANY(?)", TrendKind.HASHTAG.value, list(names)
    )
    return {trend.key: trend for trend in map(trends.load, rows)}


async def load_days(server: Server, trend_ids: Sequence[int]) -> dict[int, list[DayOfUse]]:
    """The days on which each was used, as far back as they are kept."""
    today = day_of(server.clock.now())
    rows = await server.db.rows(
        "SELECT trend_id, day, uses, people FROM trend_days WHERE day = ANY(?) AND trend_id = ANY(?)",
        list(range(today - KEPT_DAYS + 1, today + 1)),
        list(trend_ids),
    )
    days: dict[int, list[DayOfUse]] = {}
    for trend_id, *use in rows:
        days.setdefault(trend_id, []).append(DayOfUse(*use))
    return days


async def load_histories(server: Server, trend_ids: Sequence[int]) -> dict[int, list[DayOfUse]]:
    """The last seven days of each, today first, those without use too."""
    today = day_of(server.clock.now())
    known = {id: {each.day: each for each in days} for id, days in (await load_days(server, trend_ids)).items()}
    return {
        id: [known.get(id, {}).get(day, DayOfUse(day)) for day in range(today, today - SHOWN_DAYS, -1)]
        for id in trend_ids
    }

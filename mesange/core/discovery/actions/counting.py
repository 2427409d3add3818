"""Counting who uses what: in a few statements for each hashtag, link or post of a batch."""

from collections.abc import Iterable
from itertools import groupby

from mesange.core.discovery.model import Trend, TrendKind, Use, day_of, level_after
from mesange.core.discovery.tables import trends
from mesange.kit.db import Transaction
from mesange.kit.server import Server


async def count_uses(server: Server, tx: Transaction, uses: Iterable[Use]) -> None:
    """Each person counts once a day, each use counts."""
    ordered = sorted(uses, key=_key_and_day)
    for (kind, key, day), group in groupby(ordered, key=_key_and_day):
        await _count(server, tx, TrendKind(kind), key, day, list(group))


def _key_and_day(use: Use) -> tuple[str, str, int]:
    return use.kind.value, use.key, day_of(use.at)


async def _count(server: Server, tx: Transaction, kind: TrendKind, key: str, day: int, uses: list[Use]) -> None:
    row = await tx.row("SELECT id, level FROM trends WHERE kind = ? AND key = ? FOR UPDATE", kind.value, key)
    trend_id, level = row or (server.ids.next(), None)
    people = 0
    for account_id in sorted({use.account_id for use in uses}):
        people += await tx.execute(
            "INSERT INTO trend_people (day, trend_id, account_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            day,
            trend_id,
            account_id,
        )
    await tx.execute(
        "INSERT INTO trend_days (day, trend_id, uses, people) VALUES (?, ?, ?, ?) ON CONFLICT (day, trend_id) "
        "DO UPDATE SET uses = trend_days.uses + excluded.uses, people = trend_days.people + excluded.people",
        day,
        trend_id,
        len(uses),
        people,
    )
    if row is None:
        await tx.insert(trends, Trend(trend_id, kind, key, level_after(None, people, uses[-1].at)))
    elif people:
        newest = level_after(level, people, max(use.at for use in uses))
        await tx.execute("UPDATE trends SET level = ? WHERE id = ?", newest, trend_id)

"""Ranking: the hottest of each kind are compared with their days before. It reads a bounded number of rows."""

from mesange.core.discovery.model import KEPT_DAYS, Trend, TrendKind, coldest, day_of, score_of
from mesange.core.discovery.queries import load_days
from mesange.core.discovery.tables import trends
from mesange.kit.db import Transaction
from mesange.kit.server import Server

HOTTEST = 200
FORGOTTEN_AT_ONCE = 5_000


async def rank_trends(server: Server) -> None:
    """Give the hottest of each kind their score, and take it from what cooled down."""
    for kind in TrendKind:
        rows = await server.db.rows(
            f"SELECT {trends.columns} FROM trends WHERE kind = ? AND level > ? ORDER BY level DESC LIMIT ?",
            kind.value,
            coldest(server.clock.now()),
            HOTTEST,
        )
        await _rank(server, kind, [trends.load(row) for row in rows])


async def _rank(server: Server, kind: TrendKind, hottest: list[Trend]) -> None:
    now = server.clock.now()
    days = await load_days(server, [trend.id for trend in hottest])
    async with server.db.transaction() as tx:
        await tx.execute(
            "UPDATE trends SET score = 0 WHERE kind = ? AND score > 0 AND id <> ALL(?)",
            kind.value,
            [trend.id for trend in hottest],
        )
        for trend in hottest:
            score = score_of(trend.level, days.get(trend.id, []), now)
            if score != trend.score:
                await tx.execute("UPDATE trends SET score = ? WHERE id = ?", score, trend.id)


async def forget_old_uses(server: Server) -> None:
    """Days that no history shows any more, and what nobody has used since and nobody reviewed."""
    oldest = day_of(server.clock.now()) - KEPT_DAYS
    for key, table in (("day, trend_id, account_id", "trend_people"), ("day, trend_id", "trend_days")):
        sql = f"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE day <= ? ORDER BY day LIMIT ?)"
        while await _forget(server, sql, oldest) == FORGOTTEN_AT_ONCE:
            pass
    cold = "DELETE FROM trends WHERE id IN (SELECT id FROM trends WHERE level < ? AND review = 'pending' LIMIT ?)"
    while await _forget(server, cold, coldest(server.clock.now())) == FORGOTTEN_AT_ONCE:
        pass


async def _forget(server: Server, sql: str, bound: float) -> int:
    async with server.db.transaction() as tx:
        return await _deleted(tx, sql, bound)


async def _deleted(tx: Transaction, sql: str, bound: float) -> int:
    return await tx.execute(sql, bound, FORGOTTEN_AT_ONCE)

"""How much hashtags are used."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesange.kit.clock import DAY
from mesange.kit.db import Reader
from mesange.kit.ids import SLOTS_PER_MILLISECOND, first_id_at

DAYS = 7
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class DayOfUse:
    """`day` is its first millisecond, in UTC."""

    day: int
    uses: int = 0
    accounts: int = 0


async def load_hashtag_uses(db: Reader, names: Sequence[str], now: int) -> dict[str, list[DayOfUse]]:
    """The last week of each hashtag, today first, by its newest thousand public posts; in one query."""
    today = now - now % DAY
    days = [today - DAY * number for number in range(DAYS)]
    uses = {name: {day: DayOfUse(day) for day in days} for name in names}
    a_day = DAY * SLOTS_PER_MILLISECOND
    rows = await db.rows(
        f"SELECT t.name, s.id / {a_day}, count(*), count(DISTINCT s.account_id) FROM hashtags t "
        "JOIN statuses s ON s.id IN (SELECT status_id FROM status_hashtags WHERE hashtag_id = t.id AND status_id >= ? "
        f"ORDER BY status_id DESC LIMIT ?) WHERE t.name = ANY(?) GROUP BY t.name, s.id / {a_day}",
        first_id_at(days[-1]),
        MOST_COUNTED,
        list(names),
    )
    for name, number, count, accounts in rows:
        if number * DAY in uses[name]:
            uses[name][number * DAY] = DayOfUse(number * DAY, count, accounts)
    return {name: list(by_day.values()) for name, by_day in uses.items()}

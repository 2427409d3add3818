"""Days and hours as instants, and which publications lie in which: pure, so that nights with two hours are a table."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mesange.workspace.publishing.model import PublicationState
from mesange.workspace.publishing.queries.calendar import Planned

WAITING = PublicationState.IN_REVIEW.value


@dataclass(slots=True)
class Bucket:
    """`ids` of the first ones, how many there are, and how many of them wait for approval."""

    ids: list[int] = field(default_factory=list[int])
    total: int = 0
    waiting: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.ids)


def day_starts(first: date, days: int, zone: ZoneInfo) -> list[int]:
    """When each of these days begins there, and when the last one ends."""
    return [_instant(datetime.combine(first + timedelta(days=step), time()), zone) for step in range(days + 1)]


def hour_starts(first: date, days: int, zone: ZoneInfo) -> list[int]:
    """The same by hours, 24 a day: one that is left out is empty, one that comes twice is twice as long."""
    begins = datetime.combine(first, time())
    return [_instant(begins + timedelta(hours=step), zone) for step in range(24 * days + 1)]


def gathered(
    planned: Iterable[Planned], starts: Sequence[int], most: int, *, by_account: bool = False
) -> dict[tuple[int, int], Bucket]:
    """Buckets by (number of the span, account or 0); only those with something in them."""
    found: dict[tuple[int, int], Bucket] = {}
    for each in planned:
        span = bisect_right(starts, each.planned_at) - 1
        key = span, each.account_id if by_account else 0
        bucket = found.get(key)
        if bucket is None:
            bucket = found[key] = Bucket()
        bucket.total += 1
        bucket.waiting += each.state == WAITING
        if len(bucket.ids) < most:
            bucket.ids.append(each.id)
    return found


def _instant(wall: datetime, zone: ZoneInfo) -> int:
    return int(wall.replace(tzinfo=zone).timestamp() * 1000)

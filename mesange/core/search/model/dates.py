"""`since:2026-11-24`, `before:2026-12`, `after:2025`: days of a search, in UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from mesange.kit.errors import Invalid


@dataclass(frozen=True, slots=True)
class Day:
    """What the operator allows, in milliseconds since the Unix epoch: from `since` on, and earlier than `before`."""

    OPERATORS: ClassVar = ("since", "before", "after", "during")
    since: int | None = None
    before: int | None = None


def day_in(operator: str, value: str) -> Day:
    """Raises Invalid when the value is no date."""
    first, last = _span(value)
    match operator:
        case "since":
            return Day(since=first)
        case "before":
            return Day(before=first)
        case "after":
            return Day(since=last)
        case _:
            return Day(since=first, before=last)


def _span(value: str) -> tuple[int, int]:
    """The first moment of the day, month or year, and the first one after it."""
    try:
        numbers = [int(number) for number in value.split("-")]
        if not 1 <= len(numbers) <= 3 or not value.replace("-", "").isascii():
            raise ValueError
        first = datetime(*(*numbers, 1, 1)[:3], tzinfo=UTC)
        return _milliseconds(first), _milliseconds(_after(first, len(numbers)))
    except (ValueError, OverflowError):
        raise Invalid("A date is written like 2026-11-24, 2026-11 or 2026.", field="q") from None


def _after(first: datetime, precision: int) -> datetime:
    if precision == 3:
        return first + timedelta(days=1)
    if precision == 2:
        return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return first.replace(year=first.year + 1)


def _milliseconds(moment: datetime) -> int:
    return max(int(moment.timestamp()) * 1000, 0)

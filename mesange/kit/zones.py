"""Time zones: from what a clock on the wall shows to the instant, and back.

Twice a year the clocks change: an hour is left out in spring, and comes twice in autumn.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mesange.kit.clock import moment
from mesange.kit.errors import Invalid


class MissingHour(Invalid):
    public_text = "This hour does not exist that day, for the clocks are put forward. Choose one before or after."
    code = "ERR_MISSING_HOUR"


class DoubleHour(Invalid):
    public_text = "This hour comes twice that night, for the clocks are put back. Say which one you mean."
    code = "ERR_DOUBLE_HOUR"


@lru_cache(maxsize=700)
def zone_of(name: str) -> ZoneInfo | None:
    """The zone of an IANA name such as Europe/Paris; None when there is none of that name."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def instant_of(wall: datetime, zone: ZoneInfo, turn: int | None = None) -> int:
    """Milliseconds since the epoch when the clocks of a place show `wall`, a time without a zone.

    `turn` 0 or 1 says which one of an hour that comes twice. Raises MissingHour, DoubleHour (without a turn).
    """
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall:
        raise MissingHour()
    if first.utcoffset() != second.utcoffset() and turn is None:
        raise DoubleHour()
    return _milliseconds(second if turn == 1 else first)


def wall_of(instant: int, zone: ZoneInfo) -> datetime:
    """What the clocks of a place show at an instant."""
    return moment(instant).astimezone(zone)


def instant_in(text: str) -> int | None:
    """The instant that an ISO 8601 text names, UTC when it names no zone; None when it is none."""
    try:
        named = datetime.fromisoformat(text.strip())
        return _milliseconds(named if named.tzinfo else named.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def _milliseconds(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)

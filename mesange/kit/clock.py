"""Time as milliseconds since the Unix epoch, from a clock that tests can hold in their hand."""

import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class Clock(Protocol):
    def now(self) -> int: ...


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000


class FixedClock:
    """A clock that moves only when told."""

    def __init__(self, now: int = 1_700_000_000_000) -> None:
        self._now = now

    def now(self) -> int:
        return self._now

    def move(self, milliseconds: int) -> None:
        self._now += milliseconds


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def iso(milliseconds: int) -> str:
    """`2026-11-24T06:34:40.123Z`: the only form in which a time leaves through the API."""
    return f"{_iso_second(milliseconds // 1000)}.{milliseconds % 1000:03d}Z"


def iso_date(milliseconds: int) -> str:
    return _iso_second(milliseconds // DAY * 86_400)[:10]


@lru_cache(maxsize=2_000)
def _iso_second(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}"

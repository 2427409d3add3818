"""Trends: how many different people use something now, against how many did in the days before.

Each person of a day adds 1 to the heat of what they use, and the heat halves every six hours. It is kept as a level,
log2(heat) plus the time in half-lives: while nobody comes it does not change, so the hottest are found by an index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log, log2
from urllib.parse import urlsplit, urlunsplit

from mesange.kit.clock import DAY, HOUR

HALF_LIFE = 6 * HOUR
KEPT_DAYS = 8
"""Today and the seven days before."""
YOUNG = 3 * DAY
"""Older posts do not trend."""
FEWEST_PEOPLE = 3
"""Fewer in two days are a conversation, not a trend."""
LEAST_HEAT = 2**-20
LONGEST_LINK = 1_000


class TrendKind(StrEnum):
    HASHTAG = "hashtag"
    LINK = "link"
    STATUS = "status"


class Review(StrEnum):
    """What staff said about a trend."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Trend:
    """`key` is the name of a hashtag, the address of a page or the id of a status; `score` is 0 while it is none."""

    id: int
    kind: TrendKind
    key: str
    level: float
    score: float = 0.0
    review: Review = Review.PENDING
    reviewed_at: int | None = None
    reviewer_id: int | None = None


@dataclass(frozen=True, slots=True)
class DayOfUse:
    """`day` counts from the Unix epoch, in UTC."""

    day: int
    uses: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Use:
    """Somebody used it, at a time in milliseconds."""

    kind: TrendKind
    key: str
    account_id: int
    at: int


def day_of(at: int) -> int:
    return at // DAY


def heat_of(level: float, now: int) -> float:
    """How many people use it, those of six hours ago counted half."""
    return 2.0 ** max(level - now / HALF_LIFE, -60.0)


def level_after(level: float | None, people: int, at: int) -> float:
    """The level once so many people more have come."""
    heat = 0.0 if level is None else heat_of(level, at)
    return at / HALF_LIFE + log2(heat + people)


def coldest(now: int) -> float:
    """Whatever is below this level has been forgotten by everyone."""
    return now / HALF_LIFE + log2(LEAST_HEAT)


def score_of(level: float, days: Sequence[DayOfUse], now: int) -> float:
    """How far the heat exceeds what the days before let expect; 0 for what too few people use."""
    today = day_of(now)
    if sum(each.people for each in days if each.day >= today - 1) < FEWEST_PEOPLE:
        return 0.0
    before = sum(each.people for each in days if each.day < today) / (KEPT_DAYS - 1)
    expected = before * HALF_LIFE / (DAY * log(2))  # The heat at which so many people a day keep it.
    heat = heat_of(level, now)
    return (heat - expected) ** 2 / (expected + 1) if heat > expected else 0.0


def link_key(url: str) -> str:
    """The page a link leads to: without its fragment and the marks of campaigns; "" when it is too long."""
    parts = urlsplit(url)
    query = "&".join(pair for pair in parts.query.split("&") if pair and not pair.startswith("utm_"))
    key = urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, query, ""))
    return key if len(key) <= LONGEST_LINK else ""

"""Nouns and decisions of discovery."""

from mesange.core.discovery.model.trends import (
    FEWEST_PEOPLE,
    KEPT_DAYS,
    YOUNG,
    DayOfUse,
    Review,
    Trend,
    TrendKind,
    Use,
    coldest,
    day_of,
    heat_of,
    level_after,
    link_key,
    score_of,
)

__all__ = [
    "FEWEST_PEOPLE",
    "KEPT_DAYS",
    "YOUNG",
    "DayOfUse",
    "Review",
    "Trend",
    "TrendKind",
    "Use",
    "coldest",
    "day_of",
    "heat_of",
    "level_after",
    "link_key",
    "score_of",
]

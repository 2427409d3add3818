"""Entries of a timeline, the rules by which they are shown, and a home made of them."""

from mesange.core.timelines.model.home import FULL_HOME, MOST_HOME, REPEATS_APART, Home, home_page
from mesange.core.timelines.model.rules import (
    Entry,
    HomeRules,
    ListRules,
    belongs_home,
    entry_of,
    is_gone,
    shown_to,
)

__all__ = [
    "FULL_HOME",
    "MOST_HOME",
    "REPEATS_APART",
    "Entry",
    "Home",
    "HomeRules",
    "ListRules",
    "belongs_home",
    "entry_of",
    "home_page",
    "is_gone",
    "shown_to",
]

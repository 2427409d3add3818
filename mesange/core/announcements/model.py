"""Nouns and decisions of announcements."""

import unicodedata
from dataclasses import dataclass, replace

from mesange.core.emojis.model import SHORTCODE, Emojis
from mesange.kit.errors import Invalid
from mesange.kit.text import clean, count_signs

MOST_TEXT = 2_000
MOST_SHOWN = 20
MOST_REACTIONS = 8
"""Different ones under an announcement, as in Mastodon; everyone may join any of them."""
JOINERS = {"\u200d", "\ufe0f", "\u20e3"}


@dataclass(frozen=True, slots=True)
class Announcement:
    """`starts_at` and `ends_at` say when what it tells of happens; after its end it is no longer shown.

    `published_at` in the future: it waits; once it `is_out`, everyone was told. `all_day`: only the days of its times
    count, as UTC has them.
    """

    id: int
    text: str
    starts_at: int | None
    ends_at: int | None
    all_day: bool
    published_at: int
    updated_at: int
    is_out: bool = True

    def is_shown(self, now: int) -> bool:
        return self.published_at <= now and (self.ends_at is None or self.ends_at > now)


@dataclass(frozen=True, slots=True)
class Plan:
    """When what an announcement tells of happens, and from when on it is told; None: at once."""

    starts_at: int | None = None
    ends_at: int | None = None
    all_day: bool = False
    published_at: int | None = None

    def checked(self, now: int) -> "Plan":
        """Raises Invalid."""
        shown_from = max(now, self.published_at or now)
        if self.ends_at is not None and self.ends_at <= max(self.starts_at or 0, shown_from):
            raise Invalid("The end comes after the start, and after now.", field="ends_at")
        return replace(self, published_at=shown_from)


@dataclass(frozen=True, slots=True)
class Reaction:
    name: str
    count: int
    is_mine: bool


def checked_text(text: str) -> str:
    """Raises Invalid."""
    text = clean(text.strip(), MOST_TEXT + 1)
    if not text or len(text) > MOST_TEXT:
        raise Invalid(f"An announcement has 1 to {MOST_TEXT} signs.", field="text")
    return text


def checked_reaction(name: str, known: Emojis) -> str:
    """One emoji, or the shortcode of one of this server. Raises Invalid."""
    if SHORTCODE.fullmatch(name) and name in known:
        return name
    is_short = 0 < len(name) <= 20 and count_signs(name) == 1
    if is_short and any(unicodedata.category(sign) in ("So", "Sk") for sign in name):
        return name
    if is_short and name[-1] in JOINERS:  # Keycaps.
        return name
    raise Invalid("Validation failed: Name is not a recognized emoji", field="name")

"""Nouns and decisions of custom emoji."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from mesange.kit.errors import Invalid

SHORTCODE = re.compile(r"[a-zA-Z0-9_]{2,30}")
# As Mastodon's clients find them: no letter, digit or colon may touch the colons from outside.
WRITTEN = re.compile(r"(?<![\w:]):([a-zA-Z0-9_]{2,30}):(?![\w:])")
MOST_CATEGORY = 50
MOST_EMOJIS = 2_000


@dataclass(frozen=True, slots=True)
class CustomEmoji:
    """`:shortcode:` stands for `image`, a file of ours. A hidden one is not offered, but shown where it stands."""

    id: int
    shortcode: str
    image: str
    category: str
    is_hidden: bool = False


Emojis: TypeAlias = Mapping[str, CustomEmoji]
"""All that this server has, by shortcode."""


def checked_shortcode(text: str) -> str:
    """With or without its colons. Raises Invalid."""
    shortcode = text.strip().strip(":")
    if not SHORTCODE.fullmatch(shortcode):
        raise Invalid("A shortcode has 2 to 30 letters, digits or underscores.", field="shortcode")
    return shortcode


def emojis_in(known: Emojis, *texts: str) -> list[CustomEmoji]:
    """Those that the texts name, each once, in order."""
    if not known:
        return []
    named = dict.fromkeys(name for text in texts if ":" in text for name in WRITTEN.findall(text))
    return [known[name] for name in named if name in known]

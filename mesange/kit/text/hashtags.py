"""Hashtags: found as written, compared by `hashtag_name`."""

from functools import lru_cache
from itertools import islice

import regex

from mesange.kit.text.found import MAX_FOUND, FoundHashtag
from mesange.kit.text.identity import fold
from mesange.kit.text.scripts import JOINERS

LONGEST = 200

_SIGNS = rf"\p{{L}}\p{{M}}\p{{Nd}}{JOINERS}"
_HASHTAG = regex.compile(
    rf"(?<![&/=[{_SIGNS}]--[\ufe0e\ufe0f]])[#＃](?!\p{{M}})"
    rf"(?P<name>(?=[\p{{Nd}}\p{{M}}{JOINERS}]*+\p{{L}})[{_SIGNS}]++)",
    regex.VERSION1,
)
# Mastodon keeps _ · ・ and the Persian joiner. Unlike Mastodon every mark stays: Indic words need theirs.
_NOT_IN_NAME = regex.compile(r"[^\p{L}\p{M}\p{Nd}_\u00b7\u30fb\u200c]")


@lru_cache(maxsize=4_000)
def hashtag_name(written: str) -> str:
    """The identity of a hashtag: `Été`, `été` and `ETE` are one, as in Mastodon (`#` not included)."""
    folded = fold(written)
    return folded if folded.isalnum() else _NOT_IN_NAME.sub("", folded)


def find_hashtags(text: str) -> list[FoundHashtag]:
    """Every hashtag, in order; one glued to a link ends where the link starts."""
    if "#" not in text and "＃" not in text:
        return []
    matches = islice(_HASHTAG.finditer(text), MAX_FOUND)
    found = [FoundHashtag(match.start(), match.end(), match["name"]) for match in matches]
    if "://" not in text:
        return found
    return [cut for hashtag in found if (cut := _cut_before_scheme(text, hashtag))]


def is_hashtag(name: str) -> bool:
    """A word that a post could hold as one hashtag (`#` not included)."""
    found = find_hashtags(f"#{name}") if len(name) <= LONGEST else []
    return len(found) == 1 and found[0].name == name


def _cut_before_scheme(text: str, hashtag: FoundHashtag) -> FoundHashtag | None:
    if not text.startswith("://", hashtag.end):
        return hashtag
    name = hashtag.name.removesuffix("https").removesuffix("http")
    if name == hashtag.name or not any(sign.isalpha() for sign in name):
        return None
    return FoundHashtag(hashtag.start, hashtag.start + 1 + len(name), name)

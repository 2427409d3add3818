"""Count signs as people see them: grapheme clusters."""

import regex

from mesange.kit.text.entities import Entities
from mesange.kit.text.entities import entities as find_entities
from mesange.kit.text.found import FoundLink, FoundMention

SIGNS_PER_LINK = 23

_CLUSTER = regex.compile(r"\X")
# A long row of flags costs \X the square of its length: each pair is replaced by one letter first.
_FLAG = regex.compile(r"[\U0001f1e6-\U0001f1ff]{2}")
_BEYOND_LATIN = regex.compile(r"[\u0300-\U0010ffff]")
# Every character that can join a neighbour in one cluster (and some that cannot: this is only the fast path).
_MAY_JOIN = regex.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0590-\u1dff\u200c\u200d\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff"
    r"\u302a-\u302f\u3099\u309a\ua66f-\uabff\ud7b0-\ud7ff\ufb1e\ufe00-\ufe2f\uff9e\uff9f"
    r"\U00010000-\U0001f2ff\U0001f3fb-\U0001f3ff\U0001fb00-\U0010ffff]"
)


def count_signs(text: str, entities: Entities | None = None) -> int:
    """The length of a post: a link counts 23, a remote mention only its `@name`.

    Pass the entities when they are known already; a content warning is counted apart and added.
    """
    known = find_entities(text) if entities is None else entities
    if known.links or any(mention.domain for mention in known.mentions):
        return _clusters(_countable(text, known))
    return _clusters(text)


def _countable(text: str, known: Entities) -> str:
    pieces: list[str] = []
    position = 0
    for found in known.in_order():
        if isinstance(found, FoundLink):
            pieces += text[position : found.start], "x" * SIGNS_PER_LINK
            position = found.end
        elif isinstance(found, FoundMention) and found.domain:
            pieces += text[position : found.start], "@", found.username
            position = found.end
    return "".join(pieces) + text[position:]


def _clusters(text: str) -> int:
    if text.isascii() or not _BEYOND_LATIN.search(text) or not _MAY_JOIN.search(text):
        return len(text) - text.count("\r\n")
    return sum(1 for _ in _CLUSTER.finditer(_FLAG.sub("x", text)))


def excerpt(text: str, length: int) -> str:
    """The first words within `length` signs, an ellipsis included when something is left out."""
    words = " ".join(text.split())
    if _clusters(words) <= length:
        return words
    signs = _CLUSTER.findall(words)[: max(length - 1, 0)]
    cut = "".join(signs)
    whole_words = cut if words[len(cut) :].startswith(" ") else cut.rpartition(" ")[0]
    return (whole_words or cut).rstrip() + "…"

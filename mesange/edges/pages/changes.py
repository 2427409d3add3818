"""What an edit changed in the words of a post."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 2_000
"""Of longer texts nothing is compared: that would cost more than it tells."""


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of text: `kept`, `added` or `removed`."""

    kind: str
    text: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The later text with what went and what came marked, word by word; nothing where nothing changed."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if old == new or len(old) + len(new) > MOST_WORDS:
        return ()
    return tuple(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Change]:
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Change("kept", "".join(new[begin:stop]))
            continue
        if start < end:
            yield Change("removed", "".join(old[start:end]))
        if begin < stop:
            yield Change("added", "".join(new[begin:stop]))

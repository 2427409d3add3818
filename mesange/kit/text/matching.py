"""Finding many words in a text at once, in time linear in the text, whatever the words are."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import ahocorasick  # pyright: ignore[reportMissingTypeStubs]

MOST_MATCHES = 20_000
"""A word found more often, by nested words in a giant text, is found often enough."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`id` is the caller's. A whole word has no letter, figure or _ beside it."""

    id: int
    word: str
    is_whole: bool = False


def folded(text: str) -> str:
    """Case and width do not count; accents do: `cote` is not `côté`."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


class Matcher:
    """Aho and Corasick's automaton (1975). Nobody's word becomes a regular expression."""

    def __init__(self, wanted: Iterable[Wanted]) -> None:
        by_word: dict[str, list[Wanted]] = {}
        for each in wanted:
            by_word.setdefault(folded(each.word).strip(), []).append(each)
        by_word.pop("", None)
        self.signs = sum(map(len, by_word))
        self._automaton = cast("Any", ahocorasick).Automaton()
        for word, those in by_word.items():
            self._automaton.add_word(word, (len(word), those))
        self._automaton.make_automaton()

    def found_in(self, text: str) -> set[int]:
        """Ids of the words that stand in the text."""
        if not self.signs:
            return set()
        text = folded(text)
        found: set[int] = set()
        for count, (last, (length, those)) in enumerate(self._automaton.iter(text)):
            if count == MOST_MATCHES:
                break
            found.update(each.id for each in those if not each.is_whole or _stands_alone(text, last - length + 1, last))
        return found


def _stands_alone(text: str, first: int, last: int) -> bool:
    """A side of the word that is no letter or figure itself needs nothing beside it."""
    before, after = text[first - 1 : first], text[last + 1 : last + 2]
    is_open = not before or not _is_of_a_word(text[first]) or not _is_of_a_word(before)
    return is_open and (not after or not _is_of_a_word(text[last]) or not _is_of_a_word(after))


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"

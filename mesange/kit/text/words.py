"""Words as a search compares them: folded, and reduced to their stems in French and English."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, cast

import regex
import Stemmer

from mesange.kit.text.identity import fold
from mesange.kit.text.scripts import SPACELESS

MOST_LETTERS = 40
LANGUAGES = {"fr": "french", "en": "english"}
"""The languages whose words are stemmed, by ISO 639-1 code."""

# A script without spaces gives one word for each sign: what was typed together is then looked for as a phrase.
WORD = regex.compile(rf"[{SPACELESS}]|[0-9A-Za-z[[\p{{L}}\p{{M}}\p{{N}}]--[{SPACELESS}]]]++", regex.VERSION1)
# Once folded, most texts here are plain: the engine for these reads them ten times as fast.
_PLAIN_WORD = re.compile(r"[0-9a-z]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
MOST_KEPT = 20_000


def words_of(text: str) -> list[str]:
    """The words of a text in order, without case and accents."""
    text = folded(text)
    words = _PLAIN_WORD.findall(text) if text.isascii() else WORD.findall(text)
    longest = max(map(len, words), default=0)
    return words if longest <= MOST_LETTERS else [word[:MOST_LETTERS] for word in words]


def folded(text: str) -> str:
    return text.lower() if text.isascii() else fold(text).translate(_LIGATURES)


def stemmed(words: Sequence[str], language: str) -> list[str]:
    """The words' stems in a language of `LANGUAGES`; in any other they stay as they are."""
    stem = _STEMS.get(language)
    return [stem(word) for word in words] if stem else list(words)


def _stems_in(language: str) -> Callable[[str], str]:
    # The stemmer's module says nothing of its types. Its own memory is slower than Python's.
    stemmer = cast("Any", Stemmer).Stemmer(LANGUAGES[language], 0)
    once = cast("Callable[[str], str]", stemmer.stemWord)

    @lru_cache(MOST_KEPT)
    def stem(word: str) -> str:
        # Without its accent a French participle keeps an e (`epuisee`, `epuise`): a second pass takes it.
        return once(once(word)) if language == "fr" else once(word)

    return stem


_STEMS = {language: _stems_in(language) for language in LANGUAGES}


def stemmed_every_way(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The words as they are and in the stems of each language, each sequence once."""
    return distinct([tuple(words), *(tuple(stemmed(words, language)) for language in LANGUAGES)])


def distinct(sequences: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(sequences))

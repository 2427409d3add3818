"""Words as a search compares them: folded, and reduced to their stems in French and English."""

from collections.abc import Iterable, Sequence
from typing import Any

import regex
import Stemmer

from mesange.kit.text.identity import fold
from mesange.kit.text.scripts import SPACELESS

MOST_LETTERS = 40
LANGUAGES = {"fr": "french", "en": "english"}
"""The languages whose words are stemmed, by ISO 639-1 code."""

# A script without spaces gives one word for each sign: what was typed together is then looked for as a phrase.
WORD = regex.compile(rf"[{SPACELESS}]|[[\p{{L}}\p{{M}}\p{{N}}]--[{SPACELESS}]]++", regex.VERSION1)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
# The stemmer's own module says nothing of its types.
_STEMMERS: dict[str, Any] = {code: Stemmer.Stemmer(name) for code, name in LANGUAGES.items()}  # pyright: ignore[reportUnknownMemberType]


def words_of(text: str) -> list[str]:
    """The words of a text in order, without case and accents."""
    return [word[:MOST_LETTERS] for word in WORD.findall(folded(text))]


def folded(text: str) -> str:
    return fold(text).translate(_LIGATURES)


def stemmed(words: Sequence[str], language: str) -> list[str]:
    """The words' stems in a language of `LANGUAGES`; in any other they stay as they are."""
    stemmer = _STEMMERS.get(language)
    if stemmer is None:
        return list(words)
    stems: list[str] = stemmer.stemWords(words)
    # Without its accent a participle keeps an e (`epuisee`, `epuise`): a second pass takes it.
    return stemmer.stemWords(stems) if language == "fr" else stems


def stemmed_every_way(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The words as they are and in the stems of each language, each sequence once."""
    return distinct([tuple(words), *(tuple(stemmed(words, language)) for language in LANGUAGES)])


def distinct(sequences: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(sequences))

"""A search as it was typed, understood: words, phrases and operators."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import regex

from mesange.core.search.model.dates import Day, day_in
from mesange.core.search.model.documents import primary
from mesange.kit.errors import Invalid
from mesange.kit.text import hashtag_name
from mesange.kit.text.words import words_of

MOST_CLAUSES = 30
MOST_SIGNS = 2_000
THINGS = ("media", "image", "video", "audio", "poll", "link", "card", "quote")
KINDS_OF_POST = ("reply", "sensitive")
LIBRARY = "library"
PLACES = (LIBRARY, "all")

_PIECE = regex.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<plain>[^\s"]\S*))')
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟＂", '"'))


class Operator(StrEnum):
    TEXT = "text"
    HASHTAG = "#"
    MENTION = "@"
    FROM = "from"
    HAS = "has"
    LANGUAGE = "language"
    IS = "is"


@dataclass(frozen=True, slots=True)
class Clause:
    """`value` is a word, or the words of a phrase with spaces between them, or what stands after the operator."""

    operator: Operator
    value: str
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """`since` and `before` are milliseconds since the Unix epoch. `in_library`: only what the viewer wrote, boosted,
    favourited or bookmarked."""

    clauses: tuple[Clause, ...] = ()
    since: int | None = None
    before: int | None = None
    in_library: bool = False

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for; what is only excluded finds nothing."""
        is_whole_library = self.in_library and not self.clauses
        return is_whole_library or any(not clause.is_excluded for clause in self.clauses)


def parsed(text: str) -> Query:
    """Raises Invalid for an operator that says nothing, and for what is too long to be a search."""
    if len(text) > MOST_SIGNS:
        raise Invalid(f"A search has at most {MOST_SIGNS} signs.", field="q")
    clauses: list[Clause] = []
    since: int | None = None
    before: int | None = None
    in_library = False
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        if day := _day_of(piece):
            since = max(since or 0, day.since) if day.since is not None else since
            before = min(before or day.before, day.before) if day.before is not None else before
        elif place := _place_of(piece):
            in_library = in_library or place == LIBRARY
        elif clause := _clause_of(piece):
            clauses.append(clause)
    if len(clauses) > MOST_CLAUSES:
        raise Invalid(f"A search has at most {MOST_CLAUSES} words.", field="q")
    return Query(tuple(dict.fromkeys(clauses)), since, before, in_library)


def _day_of(piece: "regex.Match[str]") -> Day | None:
    name, colon, value = (piece["plain"] or "").partition(":")
    if not colon or name.lower() not in Day.OPERATORS:
        return None
    if piece["minus"]:
        raise Invalid("A date cannot be excluded. Use since: and before: together.", field="q")
    return day_in(name.lower(), value)


def _place_of(piece: "regex.Match[str]") -> str:
    """Where to look, empty when it is not said."""
    name, _, place = (piece["plain"] or "").lower().partition(":")
    if name != "in" or not place:
        return ""
    if piece["minus"] or place not in PLACES:
        raise Invalid(f"in: knows {', '.join(PLACES)}, and cannot be excluded.", field="q")
    return place


def _clause_of(piece: "regex.Match[str]") -> Clause | None:
    is_excluded = bool(piece["minus"])
    plain = piece["plain"]
    if plain is None:
        return _text(piece["phrase"], is_excluded)
    if plain[0] in "#＃" and (name := hashtag_name(plain[1:])):
        return Clause(Operator.HASHTAG, name, is_excluded)
    if plain[0] in "@＠" and len(plain) > 1:
        return Clause(Operator.MENTION, plain[1:].lower(), is_excluded)
    name, colon, value = plain.partition(":")
    if colon and value and name.lower() in _READERS:
        operator, read = _READERS[name.lower()]
        return Clause(operator, read(value.lower()), is_excluded)
    return _text(plain, is_excluded)


def _text(text: str, is_excluded: bool) -> Clause | None:
    words = words_of(text)
    return Clause(Operator.TEXT, " ".join(words), is_excluded) if words else None


def _author(value: str) -> str:
    return value.removeprefix("@")


def _thing(value: str) -> str:
    if value not in THINGS:
        raise Invalid(f"has: knows {', '.join(THINGS)}.", field="q")
    return value


def _kind(value: str) -> str:
    if value not in KINDS_OF_POST:
        raise Invalid(f"is: knows {', '.join(KINDS_OF_POST)}.", field="q")
    return value


_READERS: Mapping[str, tuple[Operator, Callable[[str], str]]] = {
    "from": (Operator.FROM, _author),
    "has": (Operator.HAS, _thing),
    "is": (Operator.IS, _kind),
    "language": (Operator.LANGUAGE, primary),
    "lang": (Operator.LANGUAGE, primary),
}

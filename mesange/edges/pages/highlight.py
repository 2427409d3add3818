"""Marks in the text of posts the words that a search found."""

from collections.abc import Iterable
from dataclasses import replace

import regex
from markupsafe import Markup

from mesange.core.search.model import Operator, Query
from mesange.front.views import Card
from mesange.kit.text.words import WORD, folded, stemmed_every_way

_TEXT = regex.compile(r'(<div class="post-text"[^>]*>)(.*?)(</div>)', regex.DOTALL)
_TAG_OR_SIGN = regex.compile(r"(<[^>]*+>|&[#\w]++;)")


def highlighted(cards: Iterable[Card], query: Query) -> list[Card]:
    wanted = words_in(query)
    return [replace(card, head=_marked(card.head, wanted)) for card in cards] if wanted else list(cards)


def words_in(query: Query) -> frozenset[str]:
    """Every form of the words that are looked for."""
    asked = [clause.value for clause in query.clauses if clause.operator is Operator.TEXT and not clause.is_excluded]
    asked += [clause.value for clause in query.clauses if clause.operator is Operator.HASHTAG]
    return frozenset(form for text in asked for way in stemmed_every_way(text.split(" ")) for form in way)


def _marked(head: Markup, wanted: frozenset[str]) -> Markup:
    """Only words between the tags of the post's text are touched; all else stays as it was written."""
    return Markup(_TEXT.sub(lambda text: text[1] + _marked_text(text[2], wanted) + text[3], head))  # noqa: S704  (a head of ours, marked by us)


def _marked_text(html: str, wanted: frozenset[str]) -> str:
    pieces = _TAG_OR_SIGN.split(html)
    pieces[::2] = [WORD.sub(lambda word: _marked_word(word[0], wanted), piece) for piece in pieces[::2]]
    return "".join(pieces)


def _marked_word(word: str, wanted: frozenset[str]) -> str:
    forms = (form for way in stemmed_every_way([folded(word)]) for form in way)
    return f"<mark>{word}</mark>" if any(form in wanted for form in forms) else word

"""From a query to what the index is asked; and who finds what."""

from collections.abc import Mapping

from mesange.core.accounts.model import Account
from mesange.core.follows.model import Relations
from mesange.core.search.model.documents import has, mentioning, written_by
from mesange.core.search.model.query import Clause, Operator, Query
from mesange.core.statuses.model import Status, Visibility
from mesange.kit.text.words import stemmed_every_way

Phrases = tuple[tuple[str, ...], ...]


def phrases_of(clause: Clause, authors: Mapping[str, int], domain: str) -> Phrases:
    """Any of these terms, or rows of terms, answer the clause.

    `authors` are ids by name, and who is unknown wrote nothing; `domain` is ours.
    """
    value = clause.value
    match clause.operator:
        case Operator.TEXT:
            return tuple(stemmed_every_way(value.split(" ")))
        case Operator.HASHTAG:
            return ((f"#{value}",),)
        case Operator.MENTION:
            return ((mentioning(value, domain),),)
        case Operator.FROM:
            return ((written_by(authors.get(value, 0)),),)
        case Operator.HAS:
            return ((has(value),),)
        case Operator.LANGUAGE:
            return ((f"in:{value}",),)
        case Operator.IS:
            return ((f"is:{value}",),)


def groups_of(query: Query, authors: Mapping[str, int], domain: str) -> tuple[tuple[Phrases, ...], tuple[Phrases, ...]]:
    """(each of these must answer, none of these may)."""
    asked = [(clause.is_excluded, phrases_of(clause, authors, domain)) for clause in query.clauses]
    return (
        tuple(phrases for is_excluded, phrases in asked if not is_excluded),
        tuple(phrases for is_excluded, phrases in asked if is_excluded),
    )


def may_answer(query: Query, stems: frozenset[str] | None) -> bool:
    """Whether a post can be among what is found: all words that are asked for are in it. What else is asked, the index
    knows."""
    asked = [each.value for each in query.clauses if each.operator is Operator.TEXT and not each.is_excluded]
    return stems is None or all(
        any(stems.issuperset(way) for way in stemmed_every_way(words.split(" "))) for words in asked
    )


def is_open(status: Status, author: Account) -> bool:
    """Anyone may find it: it is public, and its author lets what they write be found."""
    return status.visibility is Visibility.PUBLIC and author.is_indexable and not author.is_hidden


def may_find(viewer_id: int, status: Status, author: Account, relations: Relations, *, is_known: bool) -> bool:
    """Whether a search shows a visible post; that of a limited account only to its followers.

    `is_known`: it mentions the viewer, or they favourited, bookmarked or boosted it.
    """
    if author.is_hidden:
        return False
    if author.id == viewer_id:
        return True
    is_met = author.limited_at is None or author.id in relations.following
    return author.id not in relations.hidden and (is_known or (is_met and is_open(status, author)))

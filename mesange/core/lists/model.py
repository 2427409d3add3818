"""Nouns and decisions about lists and followed hashtags."""

from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.errors import Invalid
from mesange.kit.text import entities, hashtag_name

MOST_HASHTAG = 200
MOST_HASHTAGS = 100
MOST_FOLLOWED_HASHTAGS = 500


class RepliesPolicy(StrEnum):
    """Whose answers stand in a list: to those whom its owner follows, to those on it, or none."""

    FOLLOWED = "followed"
    LIST = "list"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class AccountList:
    """Accounts and hashtags of `account_id`. The accounts on an exclusive one leave its owner's home.

    A private one holds people whom its owner follows, who are told nothing; a public one is read by anyone.
    """

    id: int
    account_id: int
    title: str
    replies_policy: RepliesPolicy = RepliesPolicy.LIST
    is_exclusive: bool = False
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class ListHashtag:
    """`name` is its identity, `written` how its owner wrote it."""

    id: int
    list_id: int
    name: str
    written: str


@dataclass(frozen=True, slots=True)
class FollowedHashtag:
    id: int
    account_id: int
    name: str
    written: str


@dataclass(frozen=True, slots=True)
class ListContents:
    """Everything that stands on one list: account ids and names of hashtags."""

    members: frozenset[int] = frozenset()
    hashtags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HomeChoices:
    """What lists and hashtags do to a home: whose posts stay out of it, which hashtags come into it."""

    apart: frozenset[int] = frozenset()
    hashtags: frozenset[str] = frozenset()


def checked_policy(policy: str) -> RepliesPolicy:
    try:
        return RepliesPolicy(policy)
    except ValueError:
        raise Invalid("Answers are shown to followed, list or none.", field="replies_policy") from None


def checked_hashtag(written: str) -> tuple[str, str]:
    """(identity, as written) of a word that our posts could hold as a hashtag. Raises Invalid."""
    word = written.strip().removeprefix("#")
    found = entities(f"#{word[: MOST_HASHTAG + 1]}").hashtags
    if len(word) > MOST_HASHTAG or len(found) != 1 or found[0].name != word:
        raise Invalid("A hashtag is one word of letters and figures.", field="name")
    return hashtag_name(word), word

"""Nouns and decisions about decks."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mesange.core.teams.model import Membership, Role
from mesange.kit.errors import Invalid

MOST_DECKS = 20
MOST_COLUMNS = 12
MOST_VALUE = 500


class ColumnKind(StrEnum):
    """What a column shows."""

    HOME = "home"
    LOCAL = "local"
    LIST = "list"
    HASHTAG = "hashtag"
    SEARCH = "search"
    NOTIFICATIONS = "notifications"
    MENTIONS = "mentions"
    FAVOURITES = "favourites"
    BOOKMARKS = "bookmarks"
    PROFILE = "profile"

    @property
    def needs_value(self) -> bool:
        return self in (ColumnKind.LIST, ColumnKind.HASHTAG, ColumnKind.SEARCH, ColumnKind.PROFILE)


STARTERS = (ColumnKind.HOME, ColumnKind.NOTIFICATIONS, ColumnKind.LOCAL)
"""What stands on a deck that somebody has just made."""


@dataclass(frozen=True, slots=True)
class Deck:
    """Of a login, whatever account it acts as; the members of `organization_id` read it too."""

    id: int
    user_id: int
    title: str
    organization_id: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """`value` is the id of a list or an account, a hashtag, or what to look for.

    `account_id` says as whom it is read; None: as whoever reads, by the account they act as just then.
    """

    id: int
    deck_id: int
    position: int
    kind: ColumnKind
    value: str = ""
    account_id: int | None = None


def may_change(deck: Deck, user_id: int, memberships: Iterable[Membership]) -> bool:
    """Its owner, and who administers the whole organization with which it is shared."""
    return deck.user_id == user_id or any(
        each.organization_id == deck.organization_id
        and each.role in (Role.OWNER, Role.ADMIN)
        and each.brand_id is None
        and each.account_id is None
        for each in memberships
    )


def checked_kind(kind: str) -> ColumnKind:
    try:
        return ColumnKind(kind)
    except ValueError:
        raise Invalid("Choose what the column shows.", field="kind") from None


def placed(columns: list[Column], column: Column, place: int) -> list[Column]:
    """The columns with this one at a place, counted from 0; the nearest there is."""
    others = [each for each in columns if each.id != column.id]
    place = min(max(place, 0), len(others))
    return [*others[:place], column, *others[place:]]

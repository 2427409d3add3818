"""Nouns and decisions of conversations."""

from collections.abc import Iterable
from dataclasses import dataclass

from mesange.kit.clock import HOUR

MOST_SHOWN = 200
"""Posts of one conversation that a page shows, the newest."""
NEWS_FOR = HOUR
"""What was said longer ago is no news: filling the tables again from the log tells nobody."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A direct thread among the same people, as `account_id` sees it. `people` are the ids of the others, in order.

    Its id is that of the first post which the owner has in it.
    """

    id: int
    account_id: int
    thread_id: int
    people: str
    last_status_id: int
    is_unread: bool

    @property
    def others(self) -> list[int]:
        return [int(id) for id in self.people.split()]


def people_besides(account_id: int, participants: Iterable[int]) -> str:
    return " ".join(str(id) for id in sorted(set(participants) - {account_id}))

"""Entries of a timeline and the rules by which they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from mesange.core.accounts.model import Standings
from mesange.core.follows.model import Relations
from mesange.core.lists.model import AccountList, ListContents, RepliesPolicy
from mesange.core.statuses.model import Status

EVERYONE_STANDS = Standings()


class Entry(NamedTuple):
    """What must be known of a status to decide whether a viewer finds it in a timeline. 0 stands for none."""

    id: int
    account_id: int
    reblog_of_id: int = 0
    author_id: int = 0
    in_reply_to_account_id: int = 0


def entry_of(status: Status, original: Status | None = None) -> Entry:
    return Entry(
        status.id,
        status.account_id,
        status.reblog_of_id or 0,
        original.account_id if original else 0,
        status.in_reply_to_account_id or 0,
    )


def is_gone(entry: Entry, hidden: frozenset[int]) -> bool:
    """Written, or boosted from, an account that moderation hid or that deleted itself."""
    return entry.account_id in hidden or entry.author_id in hidden


def belongs_home(viewer_id: int, entry: Entry, relations: Relations) -> bool:
    """Whether a status by oneself or by someone followed stands in the home timeline.

    Not: boosts of who is followed without them or of oneself, answers to people whom the viewer does not follow.
    """
    if entry.account_id == viewer_id:
        return True
    if entry.reblog_of_id:
        return relations.following.get(entry.account_id, False) and entry.author_id != viewer_id
    answered = entry.in_reply_to_account_id
    return not answered or answered in (entry.account_id, viewer_id) or answered in relations.following


@dataclass(frozen=True, slots=True)
class HomeRules:
    """What one viewer wants at home: `apart` are those read on exclusive lists, `hashtags` come from anyone."""

    viewer_id: int
    relations: Relations
    apart: frozenset[int] = frozenset()
    hashtags: frozenset[str] = frozenset()
    standings: Standings = EVERYONE_STANDS

    @property
    def is_choosy(self) -> bool:
        """Not everything of everyone followed is wanted."""
        return bool(self.apart or self.relations.languages)

    def takes(self, entry: Entry, language: str) -> bool:
        """A status by oneself or by someone followed; `language` is that of what is shown."""
        if is_gone(entry, self.standings.hidden):
            return False
        if entry.account_id == self.viewer_id:
            return True
        is_wanted = entry.account_id not in self.apart and self.relations.reads(entry.account_id, language)
        return is_wanted and belongs_home(self.viewer_id, entry, self.relations)

    def takes_by_hashtag(self, entry: Entry) -> bool:
        """A public post with a hashtag that is followed."""
        if is_gone(entry, self.standings.hidden):
            return False
        is_met = entry.account_id not in self.standings.limited or entry.account_id in self.relations.following
        return is_met and not entry.reblog_of_id and entry.account_id not in self.apart


@dataclass(frozen=True, slots=True)
class ListRules:
    """What a viewer finds on a list, by whose posts stand there: hashtags bring theirs whatever these say."""

    account_list: AccountList
    contents: ListContents
    viewer_id: int
    relations: Relations
    standings: Standings = EVERYONE_STANDS

    @property
    def is_own(self) -> bool:
        return self.viewer_id == self.account_list.account_id

    def takes(self, entry: Entry, language: str) -> bool:
        """A status by somebody on the list."""
        if is_gone(entry, self.standings.hidden):
            return False
        if not self.relations.reads(entry.account_id, language):
            return False
        if entry.reblog_of_id:
            return self.relations.following.get(entry.account_id, True) and entry.author_id != self.viewer_id
        answered = entry.in_reply_to_account_id
        return not answered or answered in (entry.account_id, self.account_list.account_id) or self._shows(answered)

    def takes_by_hashtag(self, entry: Entry) -> bool:
        """A public post with a hashtag on the list."""
        return entry.account_id not in self.standings.hidden and entry.account_id not in self.standings.limited

    def _shows(self, answered: int) -> bool:
        policy = self.account_list.replies_policy
        if policy is RepliesPolicy.NONE:
            return False
        is_followed = policy is RepliesPolicy.FOLLOWED and self.is_own and answered in self.relations.following
        return is_followed or answered in self.contents.members


def shown_to(viewer_id: int, entries: Iterable[Entry], hidden: frozenset[int]) -> list[Entry]:
    """Without those by others that come from, boost or answer someone hidden."""
    return [
        entry
        for entry in entries
        if entry.account_id == viewer_id
        or hidden.isdisjoint((entry.account_id, entry.author_id, entry.in_reply_to_account_id))
    ]

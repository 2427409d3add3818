"""A home: what is kept of it, and a page of it, where no post stands again soon."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from mesange.core.timelines.model.rules import Entry
from mesange.kit.paging import Page

MOST_HOME = 800
FULL_HOME = 1_000
REPEATS_APART = 40
"""A boost is left out when what it shows stands among so many entries below it: as Mastodon does, but looking at all of
them, shown or left out, so that the answer depends on nothing that is further away."""


@dataclass(slots=True)
class Home:
    """One viewer's newest home entries, oldest first. Complete for every id from `floor` on."""

    entries: list[Entry] = field(default_factory=list[Entry])
    floor: int = 0
    is_choosy: bool = False

    def add(self, entry: Entry) -> None:
        """Repeatable: an entry that is there already is left alone."""
        entries = self.entries
        if entries and entry > entries[-1]:  # As tuples: their ids come first.
            entries.append(entry)
        elif entry.id >= self.floor:
            at = bisect_left(entries, entry.id, key=_id_of)
            if at == len(entries) or entries[at].id != entry.id:
                entries.insert(at, entry)
        if len(entries) > FULL_HOME:
            del entries[: len(entries) - MOST_HOME]
            self.floor = entries[0].id

    def remove(self, status_id: int) -> None:
        at = bisect_left(self.entries, status_id, key=_id_of)
        if at < len(self.entries) and self.entries[at].id == status_id:
            del self.entries[at]

    def below(self, id: int, most: int = FULL_HOME) -> tuple[list[Entry], int]:
        """Entries below an id, oldest first, the newest so many; and the id from which on they are complete."""
        entries = self.entries
        end = len(entries) if not entries or id > entries[-1].id else bisect_left(entries, id, key=_id_of)
        start = max(end - most, 0)
        return entries[start:end], entries[start].id if start else self.floor


def _id_of(entry: Entry) -> int:
    return entry.id


def home_page(entries: Sequence[Entry], page: Page, floor: int) -> list[Entry] | None:
    """A page, oldest first, of a home without repeated boosts. None when the entries do not reach far enough to say.

    `entries` are those that the viewer is shown below `page.below`, oldest first, complete from `floor` on.
    """
    reaches = floor == 0 or page.above >= floor
    if page.forwards and not reaches:
        return None
    places = range(bisect_left(entries, page.above + 1, key=_id_of) if page.above else 0, len(entries))
    shown: list[int] = []  # Made when the first boost asks for it.
    chosen: list[Entry] = []
    for at in places if page.forwards else reversed(places):
        if len(chosen) == page.limit:
            break
        if entries[at].reblog_of_id:
            shown = shown or [of or id for id, _, of, _, _ in entries]
            if shown[at] in shown[max(at - REPEATS_APART, 0) : at]:
                continue
            if at < REPEATS_APART and floor:
                return None
        chosen.append(entries[at])
    if len(chosen) < page.limit and not reaches:
        return None
    return chosen if page.forwards else chosen[::-1]

"""What a feed says now against what a relay knows of it: what is new, edited, renamed, gone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from mesange.kit.feeds import FeedItem
from mesange.workspace.publishing.model.relays import FeedRelay, ItemState, RelayedItem, link_key

LONGEST_GUID = 500
LONGEST_TITLE = 1_000


@dataclass(frozen=True, slots=True)
class Reading:
    """`new` ones oldest first, without an id yet; `renamed` have other guids than before, and `edited` may hold them
    too."""

    new: tuple[RelayedItem, ...] = ()
    edited: tuple[RelayedItem, ...] = ()
    renamed: tuple[RelayedItem, ...] = ()
    gone: tuple[RelayedItem, ...] = ()

    @property
    def has_news(self) -> bool:
        return bool(self.new or self.edited)

    @property
    def is_empty(self) -> bool:
        return not (self.has_news or self.renamed or self.gone)


def entries_of(relay_id: int, items: Sequence[FeedItem]) -> list[RelayedItem]:
    """As they would be stored, oldest first, each guid once; a guid that a feed gives to several is no guid."""
    uses = Counter(item.guid for item in items)
    found = dict[str, RelayedItem]()
    for item in items:
        guid = item.guid if item.guid and uses[item.guid] == 1 else f"{item.guid} {item.link}".strip()
        guid = guid or sha256(f"{item.title}\n{item.summary}".encode()).hexdigest()
        guid = guid if len(guid) <= LONGEST_GUID else sha256(guid.encode()).hexdigest()
        found.setdefault(guid, _entry(relay_id, guid, item))
    in_order = list(found.values())[::-1]
    if all(entry.published_at for entry in in_order):
        in_order.sort(key=lambda entry: entry.published_at or 0)
    return in_order


def _entry(relay_id: int, guid: str, item: FeedItem) -> RelayedItem:
    return RelayedItem(
        id=0,
        relay_id=relay_id,
        guid=guid,
        link=item.link,
        link_key=link_key(item.link) if item.link else "",
        title=item.title[:LONGEST_TITLE],
        summary=item.summary,
        tags="\n".join(item.tags),
        published_at=item.published_at or item.updated_at,
        state=ItemState.WAITING,
    )


def reading(relay: FeedRelay, known: Sequence[RelayedItem], entries: Sequence[RelayedItem]) -> Reading:
    """Compare. What is new but older than the relay's beginning, or there at its first reading, is only known."""
    by_guid = {item.guid: item for item in known}
    present = {entry.guid for entry in entries}
    replaced = {item.link_key: item for item in known if item.link_key and item.guid not in present}
    new, edited, renamed, kept = list[RelayedItem](), list[RelayedItem](), list[RelayedItem](), set[int]()
    for entry in entries:
        before = by_guid.get(entry.guid)
        if before is None and (before := replaced.pop(entry.link_key, None)):
            renamed.append(replace(before, guid=entry.guid))
        if before is None:
            new.append(replace(entry, state=_state_of_new(relay, entry)))
            continue
        kept.add(before.id)
        if _differs(before, entry) or before.gone_at:
            edited.append(_edited(before, entry))
    return Reading(tuple(new), tuple(edited), tuple(renamed), tuple(_gone(known, entries, kept)))


def _state_of_new(relay: FeedRelay, entry: RelayedItem) -> ItemState:
    is_old = relay.read_at is None or (entry.published_at is not None and entry.published_at < relay.since)
    return ItemState.KNOWN if is_old else ItemState.WAITING


def _differs(before: RelayedItem, entry: RelayedItem) -> bool:
    return (before.title, before.summary, before.link, before.tags) != (
        entry.title,
        entry.summary,
        entry.link,
        entry.tags,
    )


def _edited(before: RelayedItem, entry: RelayedItem) -> RelayedItem:
    state = ItemState.EDITED if before.status_id else before.state
    return replace(entry, id=before.id, state=state, status_id=before.status_id, text=before.text)


def _gone(known: Iterable[RelayedItem], entries: Sequence[RelayedItem], kept: set[int]) -> Iterable[RelayedItem]:
    """Relayed items that left while older ones stayed: these did not just fall off the end of the feed."""
    oldest = min((entry.published_at for entry in entries if entry.published_at), default=None)
    for item in known:
        is_missing = item.id not in kept and item.status_id is not None and item.gone_at is None
        if is_missing and oldest is not None and item.published_at is not None and item.published_at > oldest:
            yield item

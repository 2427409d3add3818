"""The byte cache: holds at most so many bytes and forgets what was made longest ago."""

from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class Cache(Generic[Key, Kept]):
    """Oldest goes first: keeping the order of use would cost more on each hit than making an entry again.

    `size` is what an entry weighs, in bytes, as the caller counts it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: dict[Key, tuple[Kept, int]] = {}
        self._held = 0

    def get(self, key: Key) -> Kept | None:
        entry = self._entries.get(key)
        return entry[0] if entry else None

    def put(self, key: Key, kept: Kept, size: int) -> None:
        self.drop(key)
        self._entries[key] = (kept, size)
        self._held += size
        while self._held > self._most and len(self._entries) > 1:
            self.drop(next(iter(self._entries)))

    def drop(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry:
            self._held -= entry[1]

    def clear(self) -> None:
        self._entries.clear()
        self._held = 0

    def __len__(self) -> int:
        return len(self._entries)

"""The byte cache: holds at most so many bytes and forgets what was made longest ago. Reading is a dictionary's."""

from collections.abc import Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class Cache(dict[Key, Kept]):
    """Oldest goes first: keeping the order of use would cost more on each hit than making an entry again.

    `size` is what an entry weighs, in bytes, as the caller counts it.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._sizes: dict[Key, int] = {}
        self._held = 0

    def put(self, key: Key, kept: Kept, size: int) -> None:
        self.drop(key)
        self[key] = kept
        self._sizes[key] = size
        self._held += size
        while self._held > self._most and len(self) > 1:
            self.drop(next(iter(self)))

    def drop(self, key: Key) -> None:
        if key in self:
            del self[key]
            self._held -= self._sizes.pop(key)

"""The byte cache: holds at most so many bytes and forgets what was made longest ago. Reading is a dictionary's."""

from collections.abc import Hashable
from itertools import islice
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
        if self._held > self._most:
            self._make_room()

    def drop(self, key: Key) -> None:
        if key in self:
            del self[key]
            self._held -= self._sizes.pop(key)

    def _make_room(self) -> None:
        """Many at once: a dictionary finds its first entry by walking over all that were deleted before it."""
        for oldest in list(islice(self, len(self) - 1)):
            if self._held <= self._most - self._most // 16:
                return
            self.drop(oldest)

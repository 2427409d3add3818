"""A dictionary with a bound: keeps the newest entries, forgets the oldest. Reading is a plain dictionary's.

What is read from the database may be older than a change that was heard while it was read. So note `forgotten` before
asking and hand it to `keep`, which takes no answer once something was forgotten in between.
"""

from itertools import islice
from typing import TypeVar

Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Recent(dict[Key, Kept]):
    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self.forgotten = 0

    def keep(self, key: Key, value: Kept, since: int | None = None) -> None:
        if since is not None and since != self.forgotten:
            return
        self[key] = value
        if len(self) > self._most:
            # Many at once: a dictionary finds its first entry by walking over all that were deleted before it.
            for oldest in list(islice(self, len(self) - self._most + self._most // 16)):
                del self[oldest]

    def forget(self, key: Key) -> None:
        self.forgotten += 1
        self.pop(key, None)

    def forget_all(self) -> None:
        self.forgotten += 1
        self.clear()

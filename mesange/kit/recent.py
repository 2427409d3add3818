"""A dictionary with a bound: keeps the newest entries, forgets the oldest. Reading is a plain dictionary's."""

from typing import TypeVar

Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Recent(dict[Key, Kept]):
    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: Key, value: Kept) -> None:
        self[key] = value
        while len(self) > self._most:
            del self[next(iter(self))]

    def forget(self, key: Key) -> None:
        self.pop(key, None)

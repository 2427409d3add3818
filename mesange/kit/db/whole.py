"""The whole database at once: as it stood at one instant, for a backup; and filled again, for its restoration.

Both speak of tables, columns and rows, so what one engine saved the other can load. Positions in the event log are
those of an engine with one writer: epoch 0, and the sequence in the order of reading.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Protocol, TypeAlias

from mesange.kit.db import Row

AT_ONCE = 2_000
UNSAVED = frozenset({"migrations"})
"""What every migrated database has by itself."""

Columns: TypeAlias = tuple[str, ...]


class Snapshot(Protocol):
    """Everything as it stood when the snapshot was opened, while others go on writing."""

    async def tables(self) -> Mapping[str, Columns]:
        """Columns of each table, in their order; without those of a full-text index, which no row describes."""
        ...

    def rows(self, table: str, columns: Columns) -> AsyncIterator[list[Row]]:
        """All rows, at most `AT_ONCE` at a time."""
        ...


class Loading(Protocol):
    """Filling an empty, migrated database. All or nothing: what was filled is there when the loading ends well."""

    async def fill(self, table: str, columns: Columns, rows: Sequence[Row]) -> None: ...

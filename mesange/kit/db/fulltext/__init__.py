"""Full-text indexes of documents that were analysed before: an index holds terms, and knows no language.

A document has streams of terms, in which phrases are found, and facts, which stand alone. The newest are found first:
ids tell the time. `CREATE FULLTEXT TABLE name` in a migration makes an index.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from mesange.kit.db import Database, Reader, Transaction, Value

Phrase: TypeAlias = tuple[str, ...]
"""Terms that follow one another in a stream; a single term is a phrase of one."""
Group: TypeAlias = tuple[Phrase, ...]
"""Any of these phrases."""


@dataclass(frozen=True, slots=True)
class Document:
    id: int
    streams: Sequence[Sequence[str]] = ()
    facts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """Documents that hold something of each group of `every` (one group at least), and nothing of `none`."""

    every: tuple[Group, ...]
    none: tuple[Group, ...] = ()

    def narrowed(self, *, having: Sequence[str] = (), without: Sequence[str] = ()) -> "Matching":
        """The same, with these facts and without those. A fact that few documents have is looked at first."""
        return Matching(
            (*(((fact,),) for fact in having), *self.every), (*self.none, *(((fact,),) for fact in without))
        )


@dataclass(frozen=True, slots=True)
class Within:
    """Ids strictly between two, and if `among` is given only those that its statement selects.

    `is_rare`: few documents are expected to match, so it is not worth looking for them among the newest. `is_upwards`:
    the oldest first, those next above the lower bound.
    """

    above: int
    below: int
    among: str = ""
    values: tuple[Value, ...] = ()
    is_rare: bool = False
    is_upwards: bool = False

    @property
    def order(self) -> str:
        return "ASC" if self.is_upwards else "DESC"

    def beyond(self, id: int) -> "Within":
        """What is left behind the last one that was found."""
        return replace(self, above=id) if self.is_upwards else replace(self, below=id)


class FullText(Protocol):
    """One index."""

    async def put(self, tx: Transaction, documents: Sequence[Document]) -> None:
        """Index these documents anew, in one statement where the engine can."""
        ...

    async def remove(self, tx: Transaction, ids: Sequence[int]) -> None: ...

    async def ids(self, database: Reader, above: int, limit: int) -> list[int]:
        """The first documents behind this one, in the order of their ids."""
        ...

    async def newest(self, database: Database, matching: Matching, within: Within, limit: int) -> list[int]:
        """Ids of the newest documents that match, newest first; upwards the oldest. Raises TooSlow."""
        ...


def full_text(engine: str, table: str) -> FullText:
    if engine == "sqlite":
        from mesange.kit.db.fulltext.sqlite import SqliteFullText

        return SqliteFullText(table)
    from mesange.kit.db.fulltext.postgres import PostgresFullText

    return PostgresFullText(table)

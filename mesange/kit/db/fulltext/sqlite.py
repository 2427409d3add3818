"""FTS5 without the texts: a row's number is the document's id, so lists are read backwards, from the newest on."""

from collections.abc import Sequence

from mesange.kit.db import Database, Reader, Transaction
from mesange.kit.db.fulltext import Document, Group, Matching, Within

BETWEEN_STREAMS = " | "
"""A term of its own, so that no phrase runs from one stream into the next."""


class SqliteFullText:
    def __init__(self, table: str) -> None:
        self._put = f"INSERT OR REPLACE INTO {table} (rowid, terms) VALUES (?, ?)"
        self._ids = f"SELECT rowid FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT ?"
        self._remove = f"DELETE FROM {table} WHERE rowid = ?"
        self._newest = (
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid < ? AND rowid > ?{{among}} "
            "ORDER BY rowid {order} LIMIT ?"
        )

    async def put(self, tx: Transaction, documents: Sequence[Document]) -> None:
        for document in documents:
            await tx.execute(self._put, document.id, text_of(document))

    async def remove(self, tx: Transaction, ids: Sequence[int]) -> None:
        for id in ids:
            await tx.execute(self._remove, id)

    async def ids(self, database: Reader, above: int, limit: int) -> list[int]:
        return [id for (id,) in await database.rows(self._ids, above, limit)]

    async def newest(self, database: Database, matching: Matching, within: Within, limit: int) -> list[int]:
        # The + keeps the engine from asking the index once per id of a long list.
        among = f" AND +rowid IN ({within.among})" if within.among else ""
        rows = await database.slow_rows(
            self._newest.format(among=among, order=within.order),
            expression(matching),
            within.below,
            within.above,
            *within.values,
            limit,
        )
        return [id for (id,) in rows]


def text_of(document: Document) -> str:
    streams = [" ".join(stream) for stream in document.streams]
    return BETWEEN_STREAMS.join([*streams, " ".join(document.facts)])


def expression(matching: Matching) -> str:
    every = " AND ".join(map(_any_of, matching.every))
    if not matching.none:
        return every
    return f"({every}) NOT ({' OR '.join(map(_any_of, matching.none))})"


def _any_of(group: Group) -> str:
    return f"({' OR '.join(_quoted(' '.join(phrase)) for phrase in group)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'

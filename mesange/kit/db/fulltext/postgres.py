"""A tsvector made from terms that were analysed before.

Its index knows no order: all matches would be fetched and sorted to find the newest. So the newest documents are
looked through first, which finds a page of whatever is frequent; what is not found there is rare, and its matches few.
"""

from collections.abc import Sequence

from mesange.kit.db import Database, Reader, Transaction
from mesange.kit.db.fulltext import Document, Group, Matching, Within

LOOKED_THROUGH = 2_000
MOST_POSITION = 16_000


class PostgresFullText:
    def __init__(self, table: str) -> None:
        self._put = (
            f"INSERT INTO {table} (id, terms) SELECT id, terms::tsvector FROM "
            "unnest(?::bigint[], ?::text[]) AS new (id, terms) "
            "ON CONFLICT (id) DO UPDATE SET terms = excluded.terms"
        )
        self._ids = f"SELECT id FROM {table} WHERE id > ? ORDER BY id LIMIT ?"
        self._remove = f"DELETE FROM {table} WHERE id = ANY(?)"
        self._look_through = (
            f"SELECT id FROM (SELECT id, terms FROM {table} WHERE id < ? AND id > ? ORDER BY id {{order}} LIMIT ?) "
            "AS first WHERE terms @@ (SELECT ?::text::tsquery) ORDER BY id {order} LIMIT ?"
        )
        # The bounds stand outside: inside they would tempt the planner to walk over all ids between them.
        self._look_up = (
            f"WITH found AS MATERIALIZED (SELECT id FROM {table} WHERE terms @@ (SELECT ?::text::tsquery)) "
            "SELECT id FROM found WHERE id < ? AND id > ?{among} ORDER BY id {order} LIMIT ?"
        )

    async def put(self, tx: Transaction, documents: Sequence[Document]) -> None:
        newest = {document.id: document for document in documents}
        await tx.execute(self._put, list(newest), [vector_of(document) for document in newest.values()])

    async def remove(self, tx: Transaction, ids: Sequence[int]) -> None:
        await tx.execute(self._remove, list(ids))

    async def ids(self, database: Reader, above: int, limit: int) -> list[int]:
        return [id for (id,) in await database.rows(self._ids, above, limit)]

    async def newest(self, database: Database, matching: Matching, within: Within, limit: int) -> list[int]:
        wanted = expression(matching)
        if not within.is_rare:
            rows = await database.slow_rows(
                self._look_through.format(order=within.order), within.below, within.above, LOOKED_THROUGH, wanted, limit
            )
            if len(rows) == limit:
                return [id for (id,) in rows]
        among = f" AND id IN ({within.among})" if within.among else ""
        rows = await database.slow_rows(
            self._look_up.format(among=among, order=within.order),
            wanted,
            within.below,
            within.above,
            *within.values,
            limit,
        )
        return [id for (id,) in rows]


def vector_of(document: Document) -> str:
    places: dict[str, list[int]] = {}
    position = 0
    for stream in document.streams:
        for term in stream:
            position += 1
            places.setdefault(term, []).append(position)
        position += 1  # So that no phrase runs from one stream into the next.
    terms = [
        f"{_quoted(term)}:{','.join(map(str, at))}" if at[-1] < MOST_POSITION else _quoted(term)
        for term, at in places.items()
    ]
    return " ".join([*terms, *(_quoted(fact) for fact in document.facts if fact not in places)])


def expression(matching: Matching) -> str:
    return " & ".join([*map(_any_of, matching.every), *(f"!{_any_of(group)}" for group in matching.none)])


def _any_of(group: Group) -> str:
    return f"({' | '.join(_followed(phrase) for phrase in group)})"


def _followed(phrase: Sequence[str]) -> str:
    return f"({' <-> '.join(map(_quoted, phrase))})"


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"

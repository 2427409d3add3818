"""PostgreSQL, whole: read in one repeatable-read transaction; filled by COPY, in one transaction too."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from mesange.kit.db import Row
from mesange.kit.db.whole import AT_ONCE, UNSAVED, Columns

LONG_SECONDS = 86_400.0
COLUMNS = (
    "SELECT c.table_name, array_agg(c.column_name::text ORDER BY c.ordinal_position) "
    "FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) "
    "WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' GROUP BY c.table_name ORDER BY 1"
)
# Epochs number the transactions of one cluster; elsewhere they mean nothing, so positions are counted anew.
COUNTED_ANEW = {
    "events": "SELECT row_number() OVER (ORDER BY epoch, seq) AS seq, 0::bigint AS epoch, data FROM events "
    "ORDER BY epoch, seq",
    "cursors": "SELECT consumer, 0::bigint AS epoch, (SELECT count(*) FROM events e "
    "WHERE (e.epoch, e.seq) <= (c.epoch, c.seq)) AS seq FROM cursors c",
    "parked_events": "SELECT consumer, 0::bigint AS epoch, (SELECT count(*) FROM events e "
    "WHERE (e.epoch, e.seq) <= (p.epoch, p.seq)) AS seq, name, error FROM parked_events p",
}


class PostgresSnapshot:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def tables(self) -> Mapping[str, Columns]:
        rows = await self._connection.fetch(COLUMNS)
        return {name: tuple(columns) for name, columns in rows if name not in UNSAVED}

    async def rows(self, table: str, columns: Columns) -> AsyncIterator[list[Row]]:
        source = table
        if table in COUNTED_ANEW and await self._connection.fetchval("SELECT max(epoch) FROM events"):
            source = f"({COUNTED_ANEW[table]}) counted"
        cursor = await self._connection.cursor(f"SELECT {', '.join(columns)} FROM {source}")
        while batch := await cursor.fetch(AT_ONCE, timeout=LONG_SECONDS):
            yield [tuple(row) for row in batch]


@asynccontextmanager
async def postgres_snapshot(pool: Any) -> AsyncGenerator[PostgresSnapshot]:
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        yield PostgresSnapshot(connection)


class PostgresLoading:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def fill(self, table: str, columns: Columns, rows: Sequence[Row]) -> None:
        await self._connection.copy_records_to_table(table, records=rows, columns=columns, timeout=LONG_SECONDS)


@asynccontextmanager
async def postgres_loading(pool: Any) -> AsyncGenerator[PostgresLoading]:
    async with pool.acquire() as connection:
        async with connection.transaction():
            yield PostgresLoading(connection)
            await connection.execute(
                "SELECT setval(pg_get_serial_sequence('events', 'seq'), (SELECT coalesce(max(seq), 0) + 1 FROM events))"
            )
        await connection.execute("ANALYZE", timeout=LONG_SECONDS)

"""Everything of an account, read page by page, so that memory stays flat however much there is."""

from collections.abc import AsyncGenerator

from mesange.core.statuses.model import Status
from mesange.core.statuses.tables import statuses
from mesange.kit.db import Reader, Row, Value
from mesange.kit.ids import LOWEST_ID

PAGE = 200


async def pages_of(db: Reader, sql: str, *values: Value) -> AsyncGenerator[list[Row]]:
    """Pages of rows. `sql` ends where its next condition may stand; its first column is the key they are ordered by."""
    column = sql.split()[1].rstrip(",")
    after: Value = LOWEST_ID
    while True:
        rows = await db.rows(f"{sql} AND {column} > ? ORDER BY {column} LIMIT ?", *values, after, PAGE)
        if not rows:
            return
        yield rows
        after = rows[-1][0]


async def own_statuses(db: Reader, account_id: int) -> AsyncGenerator[list[Status]]:
    """Every post and boost of the account, the oldest first."""
    sql = f"SELECT {statuses.columns} FROM statuses WHERE account_id = ?"
    async for rows in pages_of(db, sql, account_id):
        yield [statuses.load(row) for row in rows]

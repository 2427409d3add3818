"""What a post adds to the database file, table by table and index by index."""

import asyncio
from collections import Counter
from pathlib import Path

import apsw

from bench.figure import Figure
from bench.target import Target

POSTS = 5_000
SETTLE_SECONDS = 1.0
PAGES = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name"


async def measure(target: Target) -> list[Figure]:
    database = target.own_server.data / "mesange.sqlite3"
    before = _bytes_of(database)
    await target.publish(POSTS, connections=16)
    await asyncio.sleep(SETTLE_SECONDS)
    parts = _bytes_of(database) - before
    named = [Figure(f"– {name}", size / POSTS, "B") for name, size in parts.most_common() if size]
    total = Figure(
        "database size per post",
        parts.total() / POSTS,
        "B",
        1000,
        detail=f"growth over {POSTS} posts of 100 signs, pages counted whole",
    )
    return [total, *named]


def _bytes_of(database: Path) -> Counter[str]:
    """Bytes of every table and index (SQLite's dbstat)."""
    connection = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READONLY)
    sizes: Counter[str] = Counter({str(name): int(str(size)) for name, size in connection.execute(PAGES)})
    connection.close()
    return sizes

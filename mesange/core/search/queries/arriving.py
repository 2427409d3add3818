"""A post is found a moment after it was written."""

import asyncio

from mesange.core.search.tables import status_index
from mesange.kit.server import Server

PAUSE = 0.02
TRIES = 100


async def until_indexed(server: Server, status_id: int) -> None:
    """Wait for the index to hold this post, two seconds at most: the line may be long, or the post gone again."""
    for _try in range(TRIES):
        if await status_index(server).ids(server.db, status_id - 1, 1) == [status_id]:
            return
        await asyncio.sleep(PAUSE)

"""Reactions to the clock."""

import asyncio

from mesange.core.search.actions import index_next
from mesange.kit.jobs import Job
from mesange.kit.server import Server


async def index_what_is_left(server: Server) -> None:
    """Imported posts, and those of authors who changed their mind about being found."""
    while await index_next(server):
        await asyncio.sleep(0.005)  # Whoever writes now goes before.


JOBS = [Job("index what is left", seconds=1, run=index_what_is_left)]

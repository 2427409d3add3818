"""Reactions to the clock."""

import asyncio

from mesange.kit.clock import SECOND
from mesange.kit.jobs import Job
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.hubs import renew_leases
from mesange.workspace.publishing.actions.leaving import publish_due_publications
from mesange.workspace.publishing.actions.relay_publishing import relay_items
from mesange.workspace.publishing.actions.relay_reading import read_due_relays
from mesange.workspace.publishing.queries.due import next_instant

LONGEST_SLEEP = SECOND // 2
"""What another server, or a colleague just now, planned for the next moments is seen in time."""


async def _publish_in_time(server: Server) -> None:
    """Publish what is due, then sleep until the next instant."""
    await publish_due_publications(server)
    instant = await next_instant(server.db)
    left = LONGEST_SLEEP if instant is None else min(instant - server.clock.now(), LONGEST_SLEEP)
    await asyncio.sleep(max(left, 0) / SECOND)


JOBS = [
    Job("publish publications", seconds=0.001, run=_publish_in_time),
    Job("read relayed feeds", seconds=5, run=read_due_relays),
    Job("publish relayed items", seconds=2, run=relay_items),
    Job("renew leases of hubs", seconds=60, run=renew_leases),
]

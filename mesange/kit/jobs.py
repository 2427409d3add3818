"""Clock-driven work of this process: each job runs every so often, one at a time, and never twice at once.

What must happen exactly once is a row that the job claims in its own transaction; the schedule only looks for rows.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from mesange.kit.errors import Unavailable
from mesange.kit.logging import log

RUN_LIMIT_SECONDS = 300.0


@dataclass(frozen=True)
class Job:
    """`run(server)` every `seconds`; a failure is logged and tried again next time."""

    name: str
    seconds: float
    run: Callable[[Any], Awaitable[None]]


async def run_job(server: Any, job: Job) -> None:
    while True:
        try:
            async with asyncio.timeout(RUN_LIMIT_SECONDS):
                await job.run(server)
        except Unavailable:
            log.warning("job postponed", job=job.name)
        except Exception:  # The runner outlives its jobs' faults.
            log.exception("job failed", job=job.name)
        await asyncio.sleep(job.seconds)

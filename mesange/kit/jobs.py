"""Clock-driven work of this process: each job runs every so often, one at a time, and never twice at once.

What must happen exactly once is a row that the job claims in its own transaction; the schedule only looks for rows.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from mesange.kit.errors import Unavailable
from mesange.kit.logging import log
from mesange.kit.progress import JobRun, Progress

RUN_LIMIT_SECONDS = 300.0


@dataclass(frozen=True)
class Job:
    """`run(server)` every `seconds`; a failure is logged and tried again next time."""

    name: str
    seconds: float
    run: Callable[[Any], Awaitable[None]]
    limit_seconds: float = RUN_LIMIT_SECONDS


async def run_job(server: Any, job: Job, progress: Progress | None = None) -> None:
    while True:
        began, error = time.time(), ""
        try:
            async with asyncio.timeout(job.limit_seconds):
                await job.run(server)
        except Unavailable:
            log.warning("job postponed", job=job.name)
            error = Unavailable.code
        except Exception as fault:  # The runner outlives its jobs' faults.
            log.exception("job failed", job=job.name)
            error = type(fault).__name__
        if progress is not None:
            progress.jobs[job.name] = JobRun(int(began * 1000), (time.time() - began) * 1000, error)
        await asyncio.sleep(job.seconds)

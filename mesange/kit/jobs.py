"""Clock-driven work of this process: each job runs every so often, one at a time, and never twice at once.

What must happen exactly once is a row that the job claims in its own transaction; the schedule only looks for rows.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
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
    shown = JobRun(0)
    if progress is not None:
        progress.jobs[job.name] = shown
    while True:
        began, error = time.time(), ""
        shown.is_running = True
        shown.call.clear()
        try:
            async with asyncio.timeout(job.limit_seconds):
                await job.run(server)
        except Unavailable:
            log.warning("job postponed", job=job.name)
            error = Unavailable.code
        except Exception as fault:  # The runner outlives its jobs' faults.
            log.exception("job failed", job=job.name)
            error = type(fault).__name__
        _note(shown, job, began, error)
        with suppress(TimeoutError):
            async with asyncio.timeout(job.seconds):
                await shown.call.wait()


def _note(run: JobRun, job: Job, began: float, error: str) -> None:
    ended = time.time()
    run.began_at, run.milliseconds, run.error = int(began * 1000), (ended - began) * 1000, error
    run.is_running, run.next_at = False, int((ended + job.seconds) * 1000)

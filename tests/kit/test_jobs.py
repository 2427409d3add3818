"""Clock-driven work goes on, whatever one run does."""

import asyncio
from contextlib import suppress

from mesange.kit.errors import Unavailable
from mesange.kit.jobs import Job, run_job


async def test_a_job_runs_again_and_again_after_its_faults_too() -> None:
    faults: list[Exception] = [RuntimeError("a bug"), Unavailable()]
    runs: list[object] = []
    done = asyncio.Event()

    async def run(server: object) -> None:
        runs.append(server)
        if faults:
            raise faults.pop()
        if len(runs) == 4:
            done.set()

    running = asyncio.ensure_future(run_job("server", Job("sweep", seconds=0.001, run=run)))
    async with asyncio.timeout(60):
        await done.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert runs == ["server"] * 4


async def test_a_job_never_runs_twice_at_once() -> None:
    at_once, most = 0, 0

    async def run(server: object) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.003)
        at_once -= 1

    running = asyncio.ensure_future(run_job(None, Job("slow", seconds=0.0, run=run)))
    await asyncio.sleep(0.02)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert most == 1

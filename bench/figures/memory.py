"""Resident memory of the server, just started and after the other figures."""

from bench.figure import Figure
from bench.processes import memory_megabytes
from bench.reads import ENOUGH_POSTS
from bench.target import Target


async def measure(target: Target) -> list[Figure]:
    await target.fill(ENOUGH_POSTS)
    highest = memory_megabytes(target.pids, "VmHWM")
    after = Figure(
        "memory after all of the above",
        memory_megabytes(target.pids),
        "MB",
        200,
        detail=f"{target.posts} posts; highest {highest:.0f} MB",
    )
    if target.idle_megabytes is None:
        return [after]
    return [Figure("memory idle", target.idle_megabytes, "MB", 120, detail="one second after the first start"), after]

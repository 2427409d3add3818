"""What something costs, measured so that a busy machine does not change the answer.

The time of day goes on while others have the processor; these figures stand still then.
"""

import asyncio
import resource
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

TICK = 0.005


@dataclass
class LoopWatch:
    """Seconds: `waited` by the loop's own count; `longest`, the work of its thread without a look at anything else."""

    waited: float = 0.0
    longest: float = 0.0

    async def run(self) -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(TICK)
            self.waited += TICK
            self.longest = max(self.longest, time.thread_time() - before)


@asynccontextmanager
async def watched_loop() -> AsyncGenerator[LoopWatch]:
    watch = LoopWatch()
    running = asyncio.create_task(watch.run())
    yield watch
    # Work of the last moment counts too: the watch looks once more.
    await asyncio.sleep(TICK)
    running.cancel()


def quickest(act: Callable[[], object]) -> float:
    """The shortest of some tries, for what other processes do for us: neighbours can only make a try longer."""
    found: list[float] = []
    for _ in range(3):
        began = time.monotonic()
        act()
        found.append(time.monotonic() - began)
    return min(found)


def children_cpu() -> float:
    """Processor seconds of all processes that we started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

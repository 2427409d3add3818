"""What something costs, measured so that a busy machine does not change the answer.

The time of day goes on while others have the processor; these figures stand still then. Nor do they hold the
collection of what thousands of earlier tests left in memory: half a second, once in a while.
"""

import asyncio
import gc
import resource
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
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


@contextmanager
def own_garbage() -> Generator[None]:
    """Within, the collector looks only at what is made within; what was garbage before stays until the end."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@dataclass
class Work:
    """Seconds of processor time of this process."""

    seconds: float = 0.0


@contextmanager
def work() -> Generator[Work]:
    """How much is done within; the answer is there afterwards."""
    done = Work()
    with own_garbage():
        began = time.process_time()
        yield done
        done.seconds = time.process_time() - began


@asynccontextmanager
async def watched_loop() -> AsyncGenerator[LoopWatch]:
    watch = LoopWatch()
    with own_garbage():
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

"""Start on an existing database to the first 200, and the import of the serving modules."""

import sys
from statistics import median

from bench.figure import Figure
from bench.reads import ENOUGH_POSTS
from bench.target import Target

STARTS = 5
TIMED_IMPORT = "import time; started = time.perf_counter(); import mesange.main; print(time.perf_counter() - started)"


async def measure(target: Target) -> list[Figure]:
    server = target.own_server
    await target.fill(ENOUGH_POSTS)
    starts: list[float] = []
    for _ in range(STARTS):
        await server.stop()
        starts.append(await server.start())
    imports = [float(await server.run((sys.executable, "-c", TIMED_IMPORT))) for _ in range(STARTS)]
    return [
        Figure(
            "start to the first 200",
            median(starts),
            "s",
            1.0,
            detail=f"{target.posts} posts; {STARTS} starts, slowest {max(starts):.2f} s",
        ),
        Figure("import of the serving modules", median(imports), "s", 0.5, detail=f"slowest {max(imports):.2f} s"),
    ]

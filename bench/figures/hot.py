"""The home page of one viewer who asks again and again."""

from bench.figure import Figure
from bench.reads import read_figures
from bench.target import Target
from bench.wire import get


async def measure(target: Target) -> list[Figure]:
    requests = [get("/api/v1/timelines/home", target.ring[0].token, limit=20)]
    return await read_figures(target, "home, one hot viewer", requests, goal=1.3, reads_per_write=10)

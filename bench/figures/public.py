"""The public timeline, read by the members in turn."""

from bench.figure import Figure
from bench.reads import read_figures
from bench.target import Target
from bench.wire import get


async def measure(target: Target) -> list[Figure]:
    requests = [get("/api/v1/timelines/public", member.token, limit=20) for member in target.ring]
    return await read_figures(target, "public timeline", requests, goal=2.0)

"""One post, each member reading the newest of theirs, against 2 KB of static bytes."""

from bench.figure import Figure
from bench.load import Plan
from bench.reads import ENOUGH_POSTS, STATUS_BYTES, read_figures
from bench.target import Target
from bench.wire import get


async def measure(target: Target) -> list[Figure]:
    await target.fill(ENOUGH_POSTS)
    profiles = [get(f"/api/v1/accounts/{member.id}/statuses", member.token, limit=1) for member in target.ring]
    newest = (await target.load(Plan(target.address, profiles, len(profiles)))).ids
    requests = [get(f"/api/v1/statuses/{newest[place]}", member.token) for place, member in enumerate(target.ring)]
    return await read_figures(target, "one status", requests, goal=1.5, static_bytes=STATUS_BYTES)

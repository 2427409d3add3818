"""The posts of an account, each member reading the next one's."""

from bench.figure import Figure
from bench.reads import read_figures
from bench.target import Target
from bench.wire import get


async def measure(target: Target) -> list[Figure]:
    neighbours = zip(target.ring, target.ring[1:] + target.ring[:1], strict=True)
    requests = [get(f"/api/v1/accounts/{other.id}/statuses", member.token, limit=20) for member, other in neighbours]
    return await read_figures(target, "profile timeline", requests, goal=2.0)

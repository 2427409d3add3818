"""Hashtag timelines, read by the members in turn."""

from bench.figure import Figure
from bench.reads import read_figures
from bench.target import Target
from bench.texts import HASHTAGS
from bench.wire import get


async def measure(target: Target) -> list[Figure]:
    requests = [
        get(f"/api/v1/timelines/tag/{HASHTAGS[place % len(HASHTAGS)]}", member.token, limit=20)
        for place, member in enumerate(target.ring)
    ]
    return await read_figures(target, "hashtag timeline", requests, goal=2.0)

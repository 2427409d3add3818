"""A thousand open user streams and one post to all of them."""

import asyncio
import time
from collections.abc import Sequence
from statistics import median

from bench.failure import refused
from bench.figure import Figure
from bench.listening import Listener
from bench.people import Member
from bench.processes import cpu_seconds
from bench.target import Target
from bench.wire import Wire, post

STREAMS = 1_000
POSTS = 20
OPENED_TOGETHER = 50
PAUSE_SECONDS = 0.1
HEARD_WITHIN_SECONDS = 10.0


async def measure(target: Target) -> list[Figure]:
    herald, members = await target.gather_listeners(STREAMS)
    listeners = await _opened(target, members)
    wire = await Wire.open(target.address)
    cpu = cpu_seconds(target.pids)
    delays = [await _last_arrival(wire, herald, listeners, number) for number in range(POSTS)]
    each = (cpu_seconds(target.pids) - cpu) / POSTS / STREAMS * 1e6
    wire.close()
    for listener in listeners:
        listener.close()
    detail = (
        f"middle of {POSTS} posts, slowest {max(delays):.0f} ms; {len(members)} accounts; "
        f"{each:.1f} µs of server CPU per arrival"
    )
    return [Figure("1 000 open streams, last arrival", median(delays), "ms", 100, detail=detail)]


async def _opened(target: Target, members: Sequence[Member]) -> list[Listener]:
    """A thousand streams; a server with fewer accounts gets several of each."""
    gate = asyncio.Semaphore(OPENED_TOGETHER)

    async def opened(member: Member) -> Listener:
        async with gate:
            return await Listener.open(target.address, member)

    return await asyncio.gather(*(opened(members[number % len(members)]) for number in range(STREAMS)))


async def _last_arrival(wire: Wire, herald: Member, listeners: Sequence[Listener], number: int) -> float:
    word = f"herald{number}word"
    arrivals = [listener.hear(word) for listener in listeners]
    started = time.monotonic()
    answer = await wire.ask(post("/api/v1/statuses", herald.token, {"status": f"{word} to all who listen #bench"}))
    if answer.status != 200:
        raise refused(answer)
    times = await asyncio.wait_for(asyncio.gather(*arrivals), HEARD_WITHIN_SECONDS)
    await asyncio.sleep(PAUSE_SECONDS)
    return (max(times) - started) * 1000

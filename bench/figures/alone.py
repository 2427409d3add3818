"""One post alone: from the sending of the request to its arrival on a follower's open stream."""

import asyncio
import random
import time
from statistics import quantiles

from bench.failure import refused
from bench.figure import Figure
from bench.listening import Listener
from bench.people import Member, followers_of
from bench.target import Target
from bench.texts import written_text
from bench.wire import Wire, post

POSTS = 200
PAUSE_SECONDS = 0.01
HEARD_WITHIN_SECONDS = 5.0


async def measure(target: Target) -> list[Figure]:
    author, follower = target.ring[0], followers_of(target.ring, 0)[0]
    listener, wire = await Listener.open(target.address, follower), await Wire.open(target.address)
    words = random.Random(target.posts)
    delays = [await _delay(wire, author, listener, number, words) for number in range(POSTS)]
    target.posts += POSTS
    listener.close()
    wire.close()
    shares = quantiles(delays, n=100)
    return [
        Figure("post to open stream, p50", shares[49], "ms", 15, detail=f"{POSTS} posts, one at a time"),
        Figure("post to open stream, p99", shares[98], "ms", 50, detail=f"slowest {max(delays):.1f} ms"),
    ]


async def _delay(wire: Wire, author: Member, listener: Listener, number: int, words: random.Random) -> float:
    word = f"alone{number}word"
    heard = listener.hear(word)
    request = post("/api/v1/statuses", author.token, {"status": f"{word} {written_text(words, number)}"})
    started = time.monotonic()
    answer = await wire.ask(request)
    if answer.status != 200:
        raise refused(answer)
    arrived = await asyncio.wait_for(heard, HEARD_WITHIN_SECONDS)
    await asyncio.sleep(PAUSE_SECONDS)
    return (arrived - started) * 1000

"""CPU of the home page when ten thousand posts become a hundred thousand, or a million with --full."""

import csv
import random
import time
from pathlib import Path

from bench.figure import Figure, quantity
from bench.reads import ENOUGH_POSTS, PAGE_BYTES, Comparison, compared
from bench.server import MESANGE
from bench.target import Target
from bench.texts import written_text
from bench.wire import get

SOME, MANY = 100_000, 1_000_000
READS_PER_WRITE = 50
# Seconds since 1970: the imported posts were written between 2014 and 2024.
FIRST, LAST = 1_388_534_400, 1_704_067_200


async def measure(target: Target) -> list[Figure]:
    await target.fill(ENOUGH_POSTS)
    small = await _restarted(target)
    posts = MANY if target.full else SOME
    rate = await _imported(target, posts - target.posts)
    large = await _restarted(target)
    detail = (
        f"{small.read_microseconds:.0f} µs → {large.read_microseconds:.0f} µs, "
        f"one post every {READS_PER_WRITE} reads; imported {rate:,.0f} posts/s"
    )
    name = f"growth: home page, {quantity(ENOUGH_POSTS, 'posts')} → {quantity(posts, 'posts')}"
    return [Figure(name, large.ratio / small.ratio, "×", 1.2, detail=detail)]


async def _restarted(target: Target) -> Comparison:
    """The same conditions for both sizes: a server just started, each home read once."""
    await target.own_server.stop()
    await target.own_server.start()
    requests = [get("/api/v1/timelines/home", member.token, limit=20) for member in target.ring]
    return await compared(target, requests, PAGE_BYTES, READS_PER_WRITE)


async def _imported(target: Target, posts: int) -> float:
    """Posts per second through `mesange import posts`."""
    file = target.own_server.data / "growth.csv"
    _write(target, file, posts)
    started = time.perf_counter()
    await target.own_server.run((*MESANGE, "import", "posts", str(file)))
    file.unlink()
    target.posts += posts
    return posts / (time.perf_counter() - started)


def _write(target: Target, file: Path, posts: int) -> None:
    words = random.Random(posts)
    step = (LAST - FIRST) / posts
    with file.open("w", newline="") as output:
        rows = csv.writer(output)
        rows.writerow(["account", "created_at", "text"])
        rows.writerows(
            [target.ring[n % len(target.ring)].acct, FIRST + n * step, written_text(words, n)] for n in range(posts)
        )

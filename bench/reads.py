"""Compares reads with static bytes: blocks of both in alternation, the median of the ratios."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.figure import Figure
from bench.load import Outcome, Plan
from bench.target import Target
from bench.texts import written_posts
from bench.wire import get

PAGE_BYTES = 44_000
STATUS_BYTES = 2_000
ENOUGH_POSTS = 10_000
# Many short blocks: what else the machine does falls on both of a pair.
PAIRS = 11
READS = 600
CONNECTIONS = 8


@dataclass(frozen=True)
class Comparison:
    """CPU of one read over CPU of one static answer, microseconds of both, and the bytes of the read."""

    ratio: float
    lowest: float
    highest: float
    read_microseconds: float
    static_microseconds: float
    body_bytes: int

    @property
    def told(self) -> str:
        return (
            f"{self.read_microseconds:.0f} µs against {self.static_microseconds:.0f} µs, "
            f"{self.body_bytes} bytes, pairs ×{self.lowest:.2f}–{self.highest:.2f}"
        )


async def read_figures(
    target: Target,
    name: str,
    requests: Sequence[bytes],
    *,
    goal: float,
    static_bytes: int = PAGE_BYTES,
    reads_per_write: int = 50,
) -> list[Figure]:
    """Two lines: nothing written meanwhile, and one post by a member before each `reads_per_write` reads."""
    await target.fill(ENOUGH_POSTS)
    still = await compared(target, requests, static_bytes)
    moving = await compared(target, requests, static_bytes, reads_per_write)
    return [
        Figure(name, still.ratio, "×", goal, detail=still.told),
        Figure(f"{name}, one post every {reads_per_write} reads", moving.ratio, "×", goal, detail=moving.told),
    ]


async def compared(
    target: Target, requests: Sequence[bytes], static_bytes: int, reads_per_write: int = 0
) -> Comparison:
    await _asked(target, requests, len(requests), 0)
    pairs = [
        (await _static(target, static_bytes, reads_per_write), await _asked(target, requests, READS, reads_per_write))
        for _ in range(PAIRS)
    ]
    ratios = [_each(read) / _each(static) for static, read in pairs]
    return Comparison(
        ratio=median(ratios),
        lowest=min(ratios),
        highest=max(ratios),
        read_microseconds=median(_each(read) for _, read in pairs),
        static_microseconds=median(_each(static) for static, _ in pairs),
        body_bytes=pairs[0][1].body_bytes // len(pairs[0][1].latencies),
    )


async def _static(target: Target, static_bytes: int, reads_per_write: int) -> Outcome:
    """In the rhythm of the reads: a process that paused for a write finds its caches cold."""
    reference = target.reference
    pauses = [get("/2000")] if reads_per_write else []
    requests = [get(f"/{static_bytes}")]
    return await target.load(
        Plan(reference.address, requests, READS, CONNECTIONS, [reference.pid], pauses, reads_per_write)
    )


async def _asked(target: Target, requests: Sequence[bytes], count: int, reads_per_write: int) -> Outcome:
    writes = written_posts(target.ring, count // reads_per_write, seed=target.posts) if reads_per_write else []
    target.posts += len(writes)
    return await target.load(Plan(target.address, requests, count, CONNECTIONS, target.pids, writes, reads_per_write))


def _each(outcome: Outcome) -> float:
    """Microseconds of server CPU per answer."""
    return outcome.cpu / len(outcome.latencies) * 1e6

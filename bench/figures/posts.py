"""Posts accepted per second, durable, and the moment the last one stands in every follower's home."""

import asyncio

from bench.figure import Figure
from bench.homes import Homes
from bench.load import Outcome
from bench.processes import cpu_seconds
from bench.target import Target

POSTS = 4_000
GOALS = {8: 2_000, 64: 4_000}
SLOWEST_MILLISECONDS = 30
VISIBLE_WITHIN_MILLISECONDS = 100
# Consumers that work after the answer are part of what a post costs.
SETTLE_SECONDS = 1.0


async def measure(target: Target) -> list[Figure]:
    return [figure for connections in GOALS for figure in await _burst(target, connections)]


async def _burst(target: Target, connections: int) -> list[Figure]:
    await target.visit_homes()
    cpu = cpu_seconds(target.pids)
    outcome = await target.publish(POSTS, connections)
    homes = Homes(target.ring, outcome.ids)
    visible = await homes.seconds_until_newest(target.address, outcome.ended_at)
    await asyncio.sleep(SETTLE_SECONDS)
    each = (cpu_seconds(target.pids) - cpu) / POSTS * 1000
    await homes.complete(target.address)
    return _figures(outcome, connections, each, visible * 1000)


def _figures(outcome: Outcome, connections: int, cpu_milliseconds: float, visible: float) -> list[Figure]:
    middle, slow = outcome.percentile(0.5) * 1000, outcome.percentile(0.99) * 1000
    clients = f"{connections} clients"
    return [
        Figure(
            f"posts accepted, {clients}",
            POSTS / outcome.seconds,
            "/s",
            GOALS[connections],
            at_least=True,
            detail=f"{cpu_milliseconds:.3f} ms of server CPU each, late work included",
        ),
        Figure(f"answer p99, {clients}", slow, "ms", SLOWEST_MILLISECONDS, detail=f"p50 {middle:.1f} ms"),
        Figure(
            f"last post in all homes, {clients}",
            visible,
            "ms",
            VISIBLE_WITHIN_MILLISECONDS,
            detail="after the last answer; then the 40 newest of each home compared: all right",
        ),
    ]

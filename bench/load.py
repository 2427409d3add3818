"""The load client: asks prebuilt requests over a few kept connections, bounded in count and time.

It runs in a process of its own.
"""

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import uvloop

from bench.failure import MeasureFailed, refused
from bench.processes import cpu_seconds
from bench.wire import Address, Answer, Wire

SETTLE_SECONDS = 0.005
FIRST_ID = re.compile(rb'"id":\s*"(\w+)"')


@dataclass(frozen=True)
class Plan:
    """`requests` are asked in turn until `count` answers.

    With `writes`, one of them goes before each `reads_per_write` reads, and only the reads are measured.
    """

    address: Address
    requests: Sequence[bytes]
    count: int
    connections: int = 8
    pids: Sequence[int] = ()
    writes: Sequence[bytes] = ()
    reads_per_write: int = 0
    seconds: float = 120.0


@dataclass
class Outcome:
    """What the run cost. `ids` gives the identity found in the answer of each turn; `ended_at` is a monotonic time."""

    seconds: float = 0.0
    cpu: float = 0.0
    body_bytes: int = 0
    ended_at: float = 0.0
    latencies: list[float] = field(default_factory=list[float])
    ids: dict[int, str] = field(default_factory=dict[int, str])

    def percentile(self, share: float) -> float:
        """Seconds within which this share of the answers came."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def run_load(plan: Plan) -> Outcome:
    """Runs the plan to its end, or raises MeasureFailed at the first answer that is not a success."""
    return uvloop.run(_run(plan))


async def _run(plan: Plan) -> Outcome:
    outcome = Outcome()
    wires = [await Wire.open(plan.address) for _ in range(plan.connections)]
    try:
        async with asyncio.timeout(plan.seconds):
            await _all_rounds(plan, wires, outcome)
    except TimeoutError:
        raise MeasureFailed(f"{len(outcome.latencies)} of {plan.count} answers in {plan.seconds:.0f} s") from None
    finally:
        for wire in wires:
            wire.close()
    return outcome


async def _all_rounds(plan: Plan, wires: list[Wire], outcome: Outcome) -> None:
    turns = iter(range(plan.count))
    if not plan.writes:
        await _round(plan, wires, turns, outcome)
        return
    for number in range(plan.count // plan.reads_per_write):
        _checked(await wires[0].ask(plan.writes[number % len(plan.writes)]))
        await asyncio.sleep(SETTLE_SECONDS)
        first = number * plan.reads_per_write
        await _round(plan, wires, iter(range(first, first + plan.reads_per_write)), outcome)


async def _round(plan: Plan, wires: list[Wire], turns: Iterator[int], outcome: Outcome) -> None:
    cpu, started = cpu_seconds(plan.pids), time.monotonic()
    await asyncio.gather(*(_ask_while_turns_last(plan, wire, turns, outcome) for wire in wires))
    outcome.ended_at = time.monotonic()
    outcome.seconds += outcome.ended_at - started
    outcome.cpu += cpu_seconds(plan.pids) - cpu


async def _ask_while_turns_last(plan: Plan, wire: Wire, turns: Iterator[int], outcome: Outcome) -> None:
    for turn in turns:
        answer = _checked(await wire.ask(plan.requests[turn % len(plan.requests)]))
        outcome.latencies.append(answer.seconds)
        outcome.body_bytes += len(answer.body)
        if found := FIRST_ID.search(answer.body, 0, 200):
            outcome.ids[turn] = found[1].decode()


def _checked(answer: Answer) -> Answer:
    if answer.status != 200:
        raise refused(answer)
    return answer

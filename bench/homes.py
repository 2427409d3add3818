"""Checks what a burst of posts must leave in each follower's home."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from itertools import islice

from bench.failure import MeasureFailed
from bench.people import Member, followed_by
from bench.wire import Address, Wire, get

PAGE = 40
GIVE_UP_SECONDS = 20.0


class Homes:
    """The newest posts each member must see: their own and those of whom they follow."""

    def __init__(self, ring: Sequence[Member], ids: Mapping[int, str]) -> None:
        """`ids` gives the post written at each turn, members taking turns."""
        self._expected = newest_in_homes(ring, ids)

    async def seconds_until_newest(self, address: Address, since: float) -> float:
        """From `since` (monotonic) until the newest post heads every home."""
        waiting = list(self._expected)
        wire = await Wire.open(address)
        while waiting:
            waiting = [member for member in waiting if await _home(wire, member, 1) != self._expected[member][:1]]
            if waiting and time.monotonic() - since > GIVE_UP_SECONDS:
                raise MeasureFailed(f"{len(waiting)} homes lack their newest post after {GIVE_UP_SECONDS:.0f} s")
        wire.close()
        return time.monotonic() - since

    async def complete(self, address: Address) -> None:
        """Raises when any home misses, doubles or disorders a post of its first page."""
        wire = await Wire.open(address)
        for member, expected in self._expected.items():
            found = await _home(wire, member, PAGE)
            if found != expected[:PAGE]:
                raise MeasureFailed(f"the home of {member.acct} lacks {sorted(set(expected) - set(found))[:5]}")
        wire.close()


def newest_in_homes(ring: Sequence[Member], ids: Mapping[int, str]) -> dict[Member, list[str]]:
    """The first page of each home, newest first; ids are ordered as clients order them, by length and then by text."""
    newest = sorted(ids.items(), key=lambda written: (len(written[1]), written[1]), reverse=True)
    return {member: _newest(ring, place, newest) for place, member in enumerate(ring)}


def _newest(ring: Sequence[Member], place: int, newest: Sequence[tuple[int, str]]) -> list[str]:
    seen = {ring[place], *followed_by(ring, place)}
    return list(islice((status_id for turn, status_id in newest if ring[turn % len(ring)] in seen), PAGE))


async def _home(wire: Wire, member: Member, limit: int) -> list[str]:
    answer = await asyncio.wait_for(wire.ask(get("/api/v1/timelines/home", member.token, limit=limit)), GIVE_UP_SECONDS)
    return [status["id"] for status in json.loads(answer.body)]

"""What a figure measures against: the server, its people, the static reference and the load process."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

from bench.failure import MeasureFailed
from bench.load import Outcome, Plan, run_load
from bench.people import RING, Member, follow, recognise, ring_follows
from bench.processes import family
from bench.reference import Reference
from bench.server import OwnServer
from bench.texts import written_posts
from bench.wire import Address, get


@dataclass
class Target:
    """`server` is ours to stop and start, or None when the run is pointed at another server by its base URL."""

    address: Address
    reference: Reference
    load_process: Executor
    server: OwnServer | None
    pid: int | None
    full: bool
    tokens: Sequence[str] = ()
    ring: list[Member] = field(default_factory=list[Member])
    idle_megabytes: float | None = None
    posts: int = 0

    @property
    def own_server(self) -> OwnServer:
        if self.server is None:
            raise MeasureFailed("needs a server of this checkout, not one by its URL")
        return self.server

    @property
    def pids(self) -> list[int]:
        """The server's processes; none when we do not know which they are."""
        pid = self.server.pid if self.server else self.pid
        if pid is None:
            raise MeasureFailed("needs --pid: CPU and memory are read from the process")
        return family(pid)

    async def load(self, plan: Plan) -> Outcome:
        return await asyncio.get_running_loop().run_in_executor(self.load_process, run_load, plan)

    async def gather_ring(self) -> None:
        """Fifty members, each followed by thirty."""
        tokens = self.tokens[:RING] or await self.own_server.create_tokens("member", RING)
        self.ring = await recognise(self.address, tokens)
        follows = ring_follows(self.ring)
        await self.load(Plan(self.address, follows, len(follows)))

    async def gather_listeners(self, count: int) -> tuple[Member, list[Member]]:
        """A herald and up to `count` members who follow nobody else."""
        tokens = self.tokens[RING : RING + count + 1] or await self.own_server.create_tokens("listener", count + 1)
        herald, *listeners = await recognise(self.address, tokens)
        follows = [follow(listener, herald) for listener in listeners]
        await self.load(Plan(self.address, follows, len(follows)))
        return herald, listeners

    async def visit_homes(self) -> None:
        """Each member reads their home, as people do who are here."""
        visits = [get("/api/v1/timelines/home", member.token) for member in self.ring]
        await self.load(Plan(self.address, visits, len(visits)))

    async def publish(self, count: int, connections: int) -> Outcome:
        """Posts by the members in turn. `pids` may be unknown here: the answers still count."""
        requests = written_posts(self.ring, count, seed=self.posts)
        outcome = await self.load(Plan(self.address, requests, count, connections))
        self.posts += count
        return outcome

    async def fill(self, posts: int) -> None:
        """At least this many posts of this run stand on the server."""
        if self.posts < posts:
            await self.publish(posts - self.posts, connections=16)

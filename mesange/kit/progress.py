"""How far this process's background work has come: consumers by their cursor, jobs by their last run."""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from mesange.kit.db import Position


class Follower(Protocol):
    """Something that reads the event log from its own place."""

    position: Position

    async def retry_parked(self) -> tuple[int, int]:
        """Handle what it gave up once more: how many were done, and how many failed again."""
        ...


@dataclass(slots=True)
class JobRun:
    """The last run of a job: when it began (milliseconds), how long it took, and what stopped it, if anything did.

    It runs next at `next_at`, or as soon as `call` is set; while it runs, the rest tells of the run before.
    """

    began_at: int
    milliseconds: float = 0.0
    error: str = ""
    is_running: bool = False
    next_at: int = 0
    call: asyncio.Event = field(default_factory=asyncio.Event)


class Progress:
    """`consumers` and `jobs` by name; empty in a process that serves nothing. `newest_migration` is the program's."""

    def __init__(self) -> None:
        self.consumers: dict[str, Follower] = {}
        self.jobs: dict[str, JobRun] = {}
        self.newest_migration = 0

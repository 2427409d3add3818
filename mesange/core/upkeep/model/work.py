"""Work that waits, as the staff sees it: whatever room it belongs to."""

from dataclasses import dataclass
from enum import StrEnum


class WorkState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How many rows of a queue stand where; a queue longer than `MOST_COUNTED` is told as that long."""

    name: str
    waiting: int
    running: int
    failed: int


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One row. `next_at` is None when nothing more is tried; `reason` is what stopped the last try."""

    id: int
    subject: str
    state: WorkState
    attempts: int
    next_at: int | None
    reason: str

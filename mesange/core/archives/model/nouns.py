"""Work that goes on while nobody waits: archives being made, imports being read."""

from dataclasses import dataclass
from enum import StrEnum

from mesange.core.archives.model.csv_forms import Kind
from mesange.kit.clock import MINUTE
from mesange.kit.errors import TooMany
from mesange.kit.ids import time_of

LINK_LIFE = 10 * MINUTE
STALE_AFTER = 10 * MINUTE
"""Work that told nothing for so long belongs to a server that is no more: another one takes it up."""


class TooSoon(TooMany):
    public_text = "You made an archive lately. Wait a few days before the next one: it would hold almost the same."
    code = "too_soon"


class Work(StrEnum):
    """How far it came."""

    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Archive:
    """`user_id` asked for it and alone may fetch it. `done` counts posts; `size` is in bytes once it is ready."""

    id: int
    account_id: int
    user_id: int
    state: Work
    file: str
    claimed_at: int | None = None
    done: int = 0
    size: int = 0
    expires_at: int | None = None

    @property
    def created_at(self) -> int:
        return time_of(self.id)


@dataclass(frozen=True, slots=True)
class Import:
    """A CSV file that is being read. `is_overwriting`: what stands not in the file goes, once it is read."""

    id: int
    account_id: int
    user_id: int
    kind: Kind
    is_overwriting: bool
    file: str
    state: Work
    lines: int
    claimed_at: int | None = None
    good: int = 0
    bad: int = 0
    removed: int = 0
    finished_at: int | None = None

    @property
    def created_at(self) -> int:
        return time_of(self.id)


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was not taken, and why."""

    line: int
    text: str
    reason: str

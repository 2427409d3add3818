"""Backups that the server takes of itself."""

from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.clock import MINUTE
from mesange.kit.ids import time_of

STALE_AFTER = MINUTE
"""A server that has not said for so long that it is still at it is gone: another begins anew."""


class BackupState(StrEnum):
    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Backup:
    """One archive, in the folder `backups` of the server that made it. `asked_by` is 0 for the schedule.

    `written` bytes of about `expected`; a ready one was verified at `ended_at`. `failure` says what went wrong.
    """

    id: int
    state: BackupState
    file: str
    asked_by: int
    claimed_at: int | None = None
    written: int = 0
    expected: int = 0
    ended_at: int | None = None
    failure: str = ""

    @property
    def asked_at(self) -> int:
        return time_of(self.id)

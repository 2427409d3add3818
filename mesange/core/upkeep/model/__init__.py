"""Nouns and decisions of upkeep."""

from mesange.core.upkeep.model.backups import STALE_AFTER, Backup, BackupState
from mesange.core.upkeep.model.settings import (
    CHANGEABLE,
    Changeable,
    Kind,
    checked_together,
    read_typed,
    typed_of,
)
from mesange.core.upkeep.model.work import QueueCount, WorkItem, WorkState

__all__ = [
    "CHANGEABLE",
    "STALE_AFTER",
    "Backup",
    "BackupState",
    "Changeable",
    "Kind",
    "QueueCount",
    "WorkItem",
    "WorkState",
    "checked_together",
    "read_typed",
    "typed_of",
]

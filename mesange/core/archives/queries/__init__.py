"""Reads of archives: the work that goes on, and everything that an archive holds."""

from mesange.core.archives.queries.guarding import hold_change, list_changes, list_due_changes
from mesange.core.archives.queries.work import (
    find_archive,
    find_import,
    list_archives,
    list_imports,
    list_problems,
    list_withdrawn,
    may_take_along,
)

__all__ = [
    "find_archive",
    "find_import",
    "hold_change",
    "list_archives",
    "list_changes",
    "list_due_changes",
    "list_imports",
    "list_problems",
    "list_withdrawn",
    "may_take_along",
]

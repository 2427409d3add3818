"""Writes of archives and imports."""

from mesange.core.archives.actions.archives import (
    archive_path,
    ask_archive,
    offer_download,
    remove_old_archives,
    use_download,
)
from mesange.core.archives.actions.carrying import carry_out_due_changes
from mesange.core.archives.actions.erasing import erase_account, erase_departed
from mesange.core.archives.actions.guarding import approve_change, ask_change, call_back_change
from mesange.core.archives.actions.imports import ask_import, run_imports
from mesange.core.archives.actions.leaving import come_back, dismiss_account, leave, remove_account
from mesange.core.archives.actions.making import make_archives

__all__ = [
    "approve_change",
    "archive_path",
    "ask_archive",
    "ask_change",
    "ask_import",
    "call_back_change",
    "carry_out_due_changes",
    "come_back",
    "dismiss_account",
    "erase_account",
    "erase_departed",
    "leave",
    "make_archives",
    "offer_download",
    "remove_account",
    "remove_old_archives",
    "run_imports",
    "use_download",
]

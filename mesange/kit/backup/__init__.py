"""Backup: one archive that holds everything a server must keep, taken while it runs, and put back on a clean machine.

A tar file of packed rows, of files (media from their store; keys, settings), and last of a manifest that says how
many rows and which sums there must be. It names tables and columns, no engine: what one saved, the other loads.
"""

from mesange.kit.backup.manifest import Manifest, NotOurs
from mesange.kit.backup.restoring import load_archive
from mesange.kit.backup.taking import write_archive
from mesange.kit.backup.verifying import verify_archive
from mesange.kit.backup.whole import MadeAgain, take_archive

__all__ = ["MadeAgain", "Manifest", "NotOurs", "load_archive", "take_archive", "verify_archive", "write_archive"]

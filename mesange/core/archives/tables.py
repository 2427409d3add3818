"""How archives and imports are stored."""

from mesange.core.archives.model import Archive, GuardedChange, Import
from mesange.kit.db.table import Table

archives = Table("archives", Archive)
imports = Table("imports", Import)
guarded_changes = Table("guarded_changes", GuardedChange)

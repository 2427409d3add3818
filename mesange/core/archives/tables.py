"""How archives and imports are stored."""

from mesange.core.archives.model import Archive, Import
from mesange.kit.db.table import Table

archives = Table("archives", Archive)
imports = Table("imports", Import)

"""How statuses are stored."""

from mesange.core.statuses.model import Status
from mesange.kit.db.table import Table

statuses = Table("statuses", Status)

"""How trends are stored."""

from mesange.core.discovery.model import Trend
from mesange.kit.db.table import Table

trends = Table("trends", Trend)

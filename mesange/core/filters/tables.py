"""How filters are stored."""

from mesange.core.filters.model import Filter, FilterKeyword, FilterStatus
from mesange.kit.db.table import Table

filters = Table("filters", Filter)
filter_keywords = Table("filter_keywords", FilterKeyword)
filter_statuses = Table("filter_statuses", FilterStatus)

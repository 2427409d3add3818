"""How the index and what is left to index are stored."""

from mesange.core.search.model import Range
from mesange.kit.db.fulltext import FullText, full_text
from mesange.kit.db.table import Table
from mesange.kit.server import Server

INDEX = "search_statuses"
ranges = Table("search_ranges", Range)
PROJECTION = (INDEX, "search_authors", "search_ranges", "search_names")


def status_index(server: Server) -> FullText:
    return full_text(server.db.engine, INDEX)

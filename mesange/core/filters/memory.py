"""Filters of who was here lately, ready to be used."""

from mesange.core.filters.model import ActiveFilters
from mesange.kit.rendered import Cache

MOST_BYTES = 32_000_000


class FilterMemory:
    """Bounded by what matchers weigh: somebody with a thousand long words takes the place of thousands of others."""

    def __init__(self) -> None:
        self.kept: Cache[int, ActiveFilters] = Cache(MOST_BYTES)
        self.forgotten = 0
        self.ended_until = 0

    def keep(self, viewer_id: int, active: ActiveFilters, since: int) -> None:
        """Not when something was forgotten since it was asked for."""
        if since == self.forgotten:
            self.kept.put(viewer_id, active, active.size)

    def forget(self, viewer_id: int) -> None:
        self.forgotten += 1
        self.kept.drop(viewer_id)

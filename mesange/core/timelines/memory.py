"""Home timelines of who was here lately. A cache: what is lost is made again from the tables in milliseconds."""

from mesange.core.timelines.model import Home
from mesange.kit.recent import Recent

MOST_HOMES = 5_000


class HomeTimelines:
    def __init__(self) -> None:
        self.homes: Recent[int, Home] = Recent(MOST_HOMES)

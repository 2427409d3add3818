"""Relations and followers that this server keeps at hand."""

from mesange.core.follows.model import Relations
from mesange.kit.recent import Recent

MOST_VIEWERS = 10_000
MOST_AUTHORS = 10_000


class FollowMemory:
    """`followers` of an author: (follower, shows boosts) pairs; `notified`: those who asked to be told of each post."""

    def __init__(self) -> None:
        self.relations: Recent[int, Relations] = Recent(MOST_VIEWERS)
        self.followers: Recent[int, list[tuple[int, int]]] = Recent(MOST_AUTHORS)
        self.notified: Recent[int, list[int]] = Recent(MOST_AUTHORS)

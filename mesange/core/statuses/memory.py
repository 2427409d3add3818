"""What this server keeps of statuses to answer at once."""

from mesange.core.statuses.model import Marks, PollState, Status, StatusStats
from mesange.kit.recent import Recent

MOST_STATUSES = 5_000
MOST_STATS = 50_000
MOST_VIEWERS = 5_000
MOST_POLLS = 2_000
MOST_CLIENTS = 1_000


class StatusMemory:
    """`marks` by viewer; `client_names` by the row id of an OAuth client."""

    def __init__(self) -> None:
        self.statuses: Recent[int, Status] = Recent(MOST_STATUSES)
        self.stats: Recent[int, StatusStats] = Recent(MOST_STATS)
        self.polls: Recent[int, PollState] = Recent(MOST_POLLS)
        self.marks: Recent[int, Marks] = Recent(MOST_VIEWERS)
        self.client_names: Recent[int, tuple[str, str]] = Recent(MOST_CLIENTS)

    def keep_new(self, status: Status) -> None:
        """What is being published: nobody has done anything with it yet."""
        self.statuses.keep(status.id, status)
        self.stats.keep(status.id, StatusStats())

    def forget_new(self, status_id: int) -> None:
        """It was not published after all."""
        self.statuses.forget(status_id)
        self.stats.forget(status_id)

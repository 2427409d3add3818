"""What this server keeps of statuses to answer at once."""

from mesange.core.statuses.model import Mark, Status, StatusStats
from mesange.kit.recent import Recent

MOST_STATUSES = 5_000
MOST_STATS = 50_000
MOST_VIEWERS = 5_000
MOST_MARKS = 2_000
MOST_CLIENTS = 1_000


class StatusMemory:
    """`marks` by viewer, then by status: what is not there was not read yet."""

    def __init__(self) -> None:
        self.statuses: Recent[int, Status] = Recent(MOST_STATUSES)
        self.stats: Recent[int, StatusStats] = Recent(MOST_STATS)
        self.marks: Recent[int, Recent[int, Mark]] = Recent(MOST_VIEWERS)
        self.client_names: Recent[int, tuple[str, str]] = Recent(MOST_CLIENTS)

    def keep_new(self, status: Status) -> None:
        """What was published a moment ago: nobody has done anything with it yet."""
        self.statuses.keep(status.id, status)
        self.stats.keep(status.id, StatusStats())
        self.marks_of(status.account_id).keep(status.id, Mark.NONE)

    def marks_of(self, viewer_id: int) -> "Recent[int, Mark]":
        marks = self.marks.get(viewer_id)
        if marks is None:
            marks = Recent[int, Mark](MOST_MARKS)
            self.marks.keep(viewer_id, marks)
        return marks

    def forget_mark(self, viewer_id: int, status_id: int) -> None:
        if viewer_id in self.marks:
            self.marks[viewer_id].forget(status_id)

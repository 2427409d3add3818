"""What this server keeps of announcements to answer at once."""

from mesange.core.announcements.model import Announcement
from mesange.kit.recent import Recent

MOST_PEOPLE = 20_000


class AnnouncementMemory:
    """`all`, under 0, newest first; `dismissed` by account: both stand on every home page."""

    def __init__(self) -> None:
        self.all: Recent[int, list[Announcement]] = Recent(1)
        self.dismissed: Recent[int, frozenset[int]] = Recent(MOST_PEOPLE)

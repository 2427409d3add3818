"""How announcements are stored."""

from mesange.core.announcements.model import Announcement
from mesange.kit.db.table import Table

announcements = Table("announcements", Announcement)

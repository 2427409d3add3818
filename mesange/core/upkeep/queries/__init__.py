"""Reads of upkeep: for the staff's eyes alone."""

from mesange.core.upkeep.queries.backups import get_backup, list_backups
from mesange.core.upkeep.queries.figures import media_bytes, posts_by_day
from mesange.core.upkeep.queries.look import banner_of, logo_of, site_pictures
from mesange.core.upkeep.queries.settings import changed_settings
from mesange.core.upkeep.queries.work import MOST_COUNTED, count_work, find_queue, list_work

__all__ = [
    "MOST_COUNTED",
    "banner_of",
    "changed_settings",
    "count_work",
    "find_queue",
    "get_backup",
    "list_backups",
    "list_work",
    "logo_of",
    "media_bytes",
    "posts_by_day",
    "site_pictures",
]

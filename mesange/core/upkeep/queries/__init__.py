"""Reads of upkeep: for the staff's eyes alone."""

from mesange.core.upkeep.queries.figures import media_bytes, posts_by_day
from mesange.core.upkeep.queries.work import MOST_COUNTED, count_work, find_queue, list_work

__all__ = ["MOST_COUNTED", "count_work", "find_queue", "list_work", "media_bytes", "posts_by_day"]

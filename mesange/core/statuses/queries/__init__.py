"""Reads of statuses, by what is asked: the statuses themselves, marks, threads, profiles.

What the viewer may not see does not exist for them.
"""

from mesange.core.statuses.queries.hashtags import DayOfUse, load_hashtag_uses
from mesange.core.statuses.queries.marks import (
    MARKED_IN,
    NEWEST_MARKS,
    list_favouriting,
    list_marked,
    list_reblogging,
    load_marks,
    load_status_stats,
)
from mesange.core.statuses.queries.plans import (
    count_scheduled,
    get_draft,
    get_scheduled,
    list_drafts,
    list_due,
    list_planned,
    list_scheduled,
)
from mesange.core.statuses.queries.polls import (
    find_held_poll,
    hold_poll,
    list_voters,
    load_choices,
    load_polls,
    visible_poll,
)
from mesange.core.statuses.queries.profiles import WITH_MEDIA, AccountFilter, list_account_statuses
from mesange.core.statuses.queries.reading import (
    count_posts_between,
    count_statuses,
    find_status,
    hashtags_of,
    hold_status,
    list_versions,
    load_client_names,
    load_mentioned,
    load_statuses,
    only_visible,
    visible_status,
)
from mesange.core.statuses.queries.threads import MOST_AFTER, MOST_OF_A_THREAD, ThreadPage, get_thread, get_thread_page

__all__ = [
    "MARKED_IN",
    "MOST_AFTER",
    "MOST_OF_A_THREAD",
    "NEWEST_MARKS",
    "WITH_MEDIA",
    "AccountFilter",
    "DayOfUse",
    "ThreadPage",
    "count_posts_between",
    "count_scheduled",
    "count_statuses",
    "find_held_poll",
    "find_status",
    "get_draft",
    "get_scheduled",
    "get_thread",
    "get_thread_page",
    "hashtags_of",
    "hold_poll",
    "hold_status",
    "list_account_statuses",
    "list_drafts",
    "list_due",
    "list_favouriting",
    "list_marked",
    "list_planned",
    "list_reblogging",
    "list_scheduled",
    "list_versions",
    "list_voters",
    "load_choices",
    "load_client_names",
    "load_hashtag_uses",
    "load_marks",
    "load_mentioned",
    "load_polls",
    "load_status_stats",
    "load_statuses",
    "only_visible",
    "visible_poll",
    "visible_status",
]

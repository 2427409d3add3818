"""Reads of moderation, by noun. What concerns staff is asked by pages of the administration only."""

from mesange.core.moderation.queries.domains import (
    count_blocks_of_lists,
    count_domain_blocks,
    find_domain_block,
    find_domain_blocks,
    get_subscription,
    is_kept_away,
    list_domain_blocks,
    list_subscriptions,
)
from mesange.core.moderation.queries.keeping_out import (
    check_may_sign_up,
    find_sign_up_block,
    find_sign_up_blocks,
    list_sign_up_blocks,
)
from mesange.core.moderation.queries.people import list_people_behind, search_accounts
from mesange.core.moderation.queries.reports import (
    ReportFilter,
    count_open_reports,
    get_report,
    hold_report,
    list_notes,
    list_reports,
    load_evidence,
    load_reports,
)
from mesange.core.moderation.queries.site import existing_rules, list_rules, load_rules, read_site_text
from mesange.core.moderation.queries.strikes import (
    count_open_appeals,
    hold_strike,
    is_removal_due,
    list_appeals,
    list_own_strikes,
    list_strikes_of,
)

__all__ = [
    "ReportFilter",
    "check_may_sign_up",
    "count_blocks_of_lists",
    "count_domain_blocks",
    "count_open_appeals",
    "count_open_reports",
    "existing_rules",
    "find_domain_block",
    "find_domain_blocks",
    "find_sign_up_block",
    "find_sign_up_blocks",
    "get_report",
    "get_subscription",
    "hold_report",
    "hold_strike",
    "is_kept_away",
    "is_removal_due",
    "list_appeals",
    "list_domain_blocks",
    "list_notes",
    "list_own_strikes",
    "list_people_behind",
    "list_reports",
    "list_rules",
    "list_sign_up_blocks",
    "list_strikes_of",
    "list_subscriptions",
    "load_evidence",
    "load_reports",
    "load_rules",
    "read_site_text",
    "search_accounts",
]

"""Reads of publishing."""

from mesange.workspace.publishing.queries.planning import get_series, get_theme, list_series, list_slots, list_themes
from mesange.workspace.publishing.queries.publications import (
    count_by_state,
    get_publication,
    held_publication,
    list_calendar,
    list_comments,
    list_publications,
    list_revisions,
    list_variants,
)
from mesange.workspace.publishing.queries.rights import check_planner, list_roles, role_for, writing_role

__all__ = [
    "check_planner",
    "count_by_state",
    "get_publication",
    "get_series",
    "get_theme",
    "held_publication",
    "list_calendar",
    "list_comments",
    "list_publications",
    "list_revisions",
    "list_roles",
    "list_series",
    "list_slots",
    "list_themes",
    "list_variants",
    "role_for",
    "writing_role",
]

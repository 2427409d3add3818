"""Reads of publishing."""

from mesange.workspace.publishing.queries.calendar import (
    Planned,
    list_near,
    list_planned,
    load_publications,
)
from mesange.workspace.publishing.queries.members import list_colleagues, names_of
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
    "Planned",
    "check_planner",
    "count_by_state",
    "get_publication",
    "get_series",
    "get_theme",
    "held_publication",
    "list_calendar",
    "list_colleagues",
    "list_comments",
    "list_near",
    "list_planned",
    "list_publications",
    "list_revisions",
    "list_roles",
    "list_series",
    "list_slots",
    "list_themes",
    "list_variants",
    "load_publications",
    "names_of",
    "role_for",
    "writing_role",
]

"""Reads of teams, by noun. What one is no member of does not exist."""

from mesange.core.teams.queries.approvals import can_be_approved, find_rule, list_approvals, list_rules
from mesange.core.teams.queries.audit import AuditFilter, check_audit, list_audit, read_audit
from mesange.core.teams.queries.members import (
    check_role,
    find_organization,
    find_role,
    frozen_since,
    list_memberships,
    list_organizations,
    list_protected,
)

__all__ = [
    "AuditFilter",
    "can_be_approved",
    "check_audit",
    "check_role",
    "find_organization",
    "find_role",
    "find_rule",
    "frozen_since",
    "list_approvals",
    "list_audit",
    "list_memberships",
    "list_organizations",
    "list_protected",
    "list_rules",
    "read_audit",
]

"""Reads of teams, by noun. What one is no member of does not exist."""

from mesange.core.teams.queries.approvals import can_be_approved, find_rule, list_approvals, list_rules
from mesange.core.teams.queries.audit import AuditFilter, check_audit, count_acts, list_audit, read_audit
from mesange.core.teams.queries.invitations import find_member_invitation, list_member_invitations
from mesange.core.teams.queries.members import (
    check_role,
    find_role,
    get_membership,
    list_member_ids,
    list_members,
    list_memberships,
    list_own_memberships,
)
from mesange.core.teams.queries.organizations import (
    find_organization,
    find_public_organization,
    frozen_since,
    get_brand,
    get_organization,
    hold_organization,
    list_brands,
    list_organizations,
    list_protected,
    load_organizations,
)

__all__ = [
    "AuditFilter",
    "can_be_approved",
    "check_audit",
    "check_role",
    "count_acts",
    "find_member_invitation",
    "find_organization",
    "find_public_organization",
    "find_role",
    "find_rule",
    "frozen_since",
    "get_brand",
    "get_membership",
    "get_organization",
    "hold_organization",
    "list_approvals",
    "list_audit",
    "list_brands",
    "list_member_ids",
    "list_member_invitations",
    "list_members",
    "list_memberships",
    "list_organizations",
    "list_own_memberships",
    "list_protected",
    "list_rules",
    "load_organizations",
    "read_audit",
]

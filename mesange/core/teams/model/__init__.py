"""Nouns and decisions: organizations and their members, approval, what the audit notes."""

from mesange.core.teams.model.approvals import (
    ONE_EDITOR,
    Approval,
    ApprovalRule,
    NotAnApprover,
    SelfApproval,
    Tier,
    applying_rule,
    check_approver,
    stages_for,
    stored_tiers,
)
from mesange.core.teams.model.audit import Act, Deed, audit_scope
from mesange.core.teams.model.members import ROLE_ORDER, Brand, Membership, Organization, ProtectedName, Role, strongest

__all__ = [
    "ONE_EDITOR",
    "ROLE_ORDER",
    "Act",
    "Approval",
    "ApprovalRule",
    "Brand",
    "Deed",
    "Membership",
    "NotAnApprover",
    "Organization",
    "ProtectedName",
    "Role",
    "SelfApproval",
    "Tier",
    "applying_rule",
    "audit_scope",
    "check_approver",
    "stages_for",
    "stored_tiers",
    "strongest",
]

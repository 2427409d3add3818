"""How teams are stored."""

from mesange.core.teams.model import (
    Approval,
    ApprovalRule,
    Brand,
    MemberInvitation,
    Membership,
    Organization,
    ProtectedName,
)
from mesange.kit.db.table import Table

organizations = Table("organizations", Organization)
brands = Table("brands", Brand)
memberships = Table("memberships", Membership)
member_invitations = Table("member_invitations", MemberInvitation)
protected_names = Table("protected_names", ProtectedName)
approval_rules = Table("approval_rules", ApprovalRule)
approvals = Table("approvals", Approval)

"""How teams are stored."""

from mesange.core.teams.model import Approval, ApprovalRule, Brand, Membership, Organization, ProtectedName
from mesange.kit.db.table import Table

organizations = Table("organizations", Organization)
brands = Table("brands", Brand)
memberships = Table("memberships", Membership)
protected_names = Table("protected_names", ProtectedName)
approval_rules = Table("approval_rules", ApprovalRule)
approvals = Table("approvals", Approval)

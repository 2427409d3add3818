"""Nouns and decisions: organizations and their members, what the audit notes."""

from mesange.core.teams.model.audit import Act, Deed, audit_scope
from mesange.core.teams.model.members import (
    ROLE_ORDER,
    Brand,
    Membership,
    Organization,
    ProtectedName,
    Role,
    strongest,
)

__all__ = [
    "ROLE_ORDER",
    "Act",
    "Brand",
    "Deed",
    "Membership",
    "Organization",
    "ProtectedName",
    "Role",
    "audit_scope",
    "strongest",
]

"""How teams are stored."""

from mesange.core.teams.model import Brand, Membership, Organization, ProtectedName
from mesange.kit.db.table import Table

organizations = Table("organizations", Organization)
brands = Table("brands", Brand)
memberships = Table("memberships", Membership)
protected_names = Table("protected_names", ProtectedName)

"""How teams are stored."""

from mesange.core.teams.model import Brand, Membership, Organization
from mesange.kit.db.table import Table

organizations = Table("organizations", Organization)
brands = Table("brands", Brand)
memberships = Table("memberships", Membership)

"""Reads of teams."""

from mesange.core.teams.model import Membership, Organization, ProtectedName, Role, strongest
from mesange.core.teams.tables import memberships, organizations, protected_names
from mesange.kit.db import Reader


async def find_organization(db: Reader, name: str) -> Organization | None:
    row = await db.row(f"SELECT {organizations.columns} FROM organizations WHERE name = ?", name)
    return organizations.load(row) if row else None


async def list_organizations(db: Reader, user_id: int) -> list[Organization]:
    """Those of which the user is a member, by name."""
    rows = await db.rows(
        f"SELECT {organizations.columns} FROM organizations WHERE id IN "
        "(SELECT organization_id FROM memberships WHERE user_id = ?) ORDER BY name, id",
        user_id,
    )
    return [organizations.load(row) for row in rows]


async def frozen_since(db: Reader, organization_id: int) -> int | None:
    """Milliseconds since when the organization's accounts may not publish, or None.

    In a transaction: whoever freezes waits until it has ended.
    """
    return await db.value("SELECT frozen_at FROM organizations WHERE id = ? FOR SHARE", organization_id)


async def list_memberships(db: Reader, user_id: int) -> list[Membership]:
    rows = await db.rows(f"SELECT {memberships.columns} FROM memberships WHERE user_id = ?", user_id)
    return [memberships.load(row) for row in rows]


async def find_role(
    db: Reader, user_id: int, organization_id: int, account_id: int, brand_id: int | None
) -> Role | None:
    """The role with which a user acts for an account of an organization."""
    held = [each for each in await list_memberships(db, user_id) if each.organization_id == organization_id]
    return strongest(held, account_id, brand_id)


async def list_protected(db: Reader, looks: list[str]) -> list[ProtectedName]:
    """The protected names that have one of these skeletons."""
    rows = await db.rows(f"SELECT {protected_names.columns} FROM protected_names WHERE skeleton = ANY(?)", looks)
    return [protected_names.load(row) for row in rows]

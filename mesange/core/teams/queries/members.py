"""Organizations, who is a member of them and with which role, and names that are protected."""

from mesange.core.teams.model import ROLE_ORDER, Membership, Organization, ProtectedName, Role, strongest
from mesange.core.teams.tables import memberships, organizations, protected_names
from mesange.kit.db import Reader
from mesange.kit.errors import Forbidden, NotFound


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


async def check_role(db: Reader, user_id: int, organization_id: int, least: Role) -> Role:
    """The user's role for the whole organization. Raises NotFound for who is no member of it, Forbidden below `least`.

    A role for one brand or one account is none here.
    """
    held = [each for each in await list_memberships(db, user_id) if each.organization_id == organization_id]
    if not held:
        raise NotFound()
    whole = [each.role for each in held if each.brand_id is None and each.account_id is None]
    role = min(whole, key=ROLE_ORDER.index, default=None)
    if role is None or ROLE_ORDER.index(role) > ROLE_ORDER.index(least):
        raise Forbidden("Your role in this organization does not allow this.")
    return role


async def list_protected(db: Reader, looks: list[str]) -> list[ProtectedName]:
    """The protected names that have one of these skeletons."""
    rows = await db.rows(f"SELECT {protected_names.columns} FROM protected_names WHERE skeleton = ANY(?)", looks)
    return [protected_names.load(row) for row in rows]

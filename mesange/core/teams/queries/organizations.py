"""Organizations and their brands, freezes, protected names. What one is no member of does not exist."""

from mesange.core.teams.model import Brand, Organization, ProtectedName
from mesange.core.teams.queries.members import list_own_memberships
from mesange.core.teams.tables import brands, organizations, protected_names
from mesange.kit.db import Reader, Transaction
from mesange.kit.errors import NotFound


async def find_organization(db: Reader, name: str) -> Organization | None:
    row = await db.row(f"SELECT {organizations.columns} FROM organizations WHERE name = ?", name)
    return organizations.load(row) if row else None


async def find_public_organization(db: Reader, handle: str) -> Organization | None:
    """By its name in addresses, whoever asks: what is public of it, the caller chooses."""
    row = await db.row(f"SELECT {organizations.columns} FROM organizations WHERE handle = ?", handle.lower())
    return organizations.load(row) if row else None


async def get_organization(db: Reader, user_id: int, handle: str) -> Organization:
    """One of which the user is a member. Raises NotFound."""
    found = await find_public_organization(db, handle)
    if found is None:
        raise NotFound()
    await list_own_memberships(db, user_id, found.id)
    return found


async def hold_organization(tx: Transaction, organization_id: int) -> Organization:
    """As it is now; nobody changes it, its members or its brands before this transaction ends. Raises NotFound."""
    row = await tx.row(f"SELECT {organizations.columns} FROM organizations WHERE id = ? FOR UPDATE", organization_id)
    if row is None:
        raise NotFound()
    return organizations.load(row)


async def load_organizations(db: Reader, ids: list[int]) -> dict[int, Organization]:
    rows = await db.rows(f"SELECT {organizations.columns} FROM organizations WHERE id = ANY(?)", ids) if ids else []
    return {each.id: each for each in map(organizations.load, rows)}


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


async def list_brands(db: Reader, user_id: int, organization_id: int) -> list[Brand]:
    """By name. Raises NotFound for who is no member."""
    await list_own_memberships(db, user_id, organization_id)
    rows = await db.rows(
        f"SELECT {brands.columns} FROM brands WHERE organization_id = ? ORDER BY name, id", organization_id
    )
    return [brands.load(row) for row in rows]


async def get_brand(db: Reader, organization_id: int, brand_id: int) -> Brand:
    """Raises NotFound."""
    row = await db.row(
        f"SELECT {brands.columns} FROM brands WHERE id = ? AND organization_id = ?", brand_id, organization_id
    )
    if row is None:
        raise NotFound()
    return brands.load(row)


async def list_protected(db: Reader, looks: list[str]) -> list[ProtectedName]:
    """The protected names that have one of these skeletons."""
    rows = await db.rows(f"SELECT {protected_names.columns} FROM protected_names WHERE skeleton = ANY(?)", looks)
    return [protected_names.load(row) for row in rows]

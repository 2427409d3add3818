"""Who is a member of which organization, with which role."""

from mesange.core.teams.model import WHOLE, Membership, Role, Scope, strongest
from mesange.core.teams.tables import memberships
from mesange.kit.db import Reader
from mesange.kit.errors import Forbidden, NotFound
from mesange.kit.paging import Page


async def list_memberships(db: Reader, user_id: int) -> list[Membership]:
    rows = await db.rows(f"SELECT {memberships.columns} FROM memberships WHERE user_id = ?", user_id)
    return [memberships.load(row) for row in rows]


async def list_own_memberships(db: Reader, user_id: int, organization_id: int) -> list[Membership]:
    """Those in this organization. Raises NotFound for who is no member of it: for them it does not exist."""
    held = [each for each in await list_memberships(db, user_id) if each.organization_id == organization_id]
    if not held:
        raise NotFound()
    return held


async def find_role(
    db: Reader, user_id: int, organization_id: int, account_id: int, brand_id: int | None
) -> Role | None:
    """The role with which a user acts for an account of an organization."""
    held = [each for each in await list_memberships(db, user_id) if each.organization_id == organization_id]
    return strongest(held, account_id, brand_id)


async def check_role(db: Reader, user_id: int, organization_id: int, least: Role, scope: Scope = WHOLE) -> Role:
    """The user's role there. Raises NotFound for who is no member of the organization, Forbidden below `least`."""
    held = await list_own_memberships(db, user_id, organization_id)
    role = strongest(held, scope.account_id, scope.brand_id)
    if role is None or not role.is_at_least(least):
        raise Forbidden("Your role in this organization does not allow this.")
    return role


async def list_members(db: Reader, user_id: int, organization_id: int, page: Page) -> list[Membership]:
    """Every membership, the newest first; members see one another. Raises NotFound for who is none."""
    await list_own_memberships(db, user_id, organization_id)
    rows = await db.rows(
        f"SELECT {memberships.columns} FROM memberships WHERE organization_id = ? AND id < ? AND id > ? "
        f"ORDER BY id {page.order} LIMIT ?",
        organization_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([memberships.load(row) for row in rows])


async def get_membership(db: Reader, organization_id: int, membership_id: int) -> Membership:
    """Raises NotFound."""
    row = await db.row(
        f"SELECT {memberships.columns} FROM memberships WHERE id = ? AND organization_id = ?",
        membership_id,
        organization_id,
    )
    if row is None:
        raise NotFound()
    return memberships.load(row)


async def list_member_ids(db: Reader, organization_id: int) -> list[int]:
    """The logins of all members, each once."""
    rows = await db.rows(
        "SELECT DISTINCT user_id FROM memberships WHERE organization_id = ? ORDER BY user_id", organization_id
    )
    return [user_id for (user_id,) in rows]

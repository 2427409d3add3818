"""Who may see and do what: by the memberships that cover an account. What one may not see does not exist."""

from mesange.core.accounts.model import Viewer
from mesange.core.teams.model import Role, strongest
from mesange.core.teams.queries import list_memberships
from mesange.kit.db import Reader
from mesange.kit.errors import Forbidden, NotFound


async def list_roles(db: Reader, viewer: Viewer, organization_id: int) -> dict[int, Role]:
    """By account of the organization, the viewer's role for it; accounts out of their reach are left out.

    Raises NotFound for who is no member at all.
    """
    held = [each for each in await list_memberships(db, viewer.user_id) if each.organization_id == organization_id]
    if not viewer.user_id or not held:
        raise NotFound()
    rows = await db.rows("SELECT id, brand_id FROM accounts WHERE organization_id = ? ORDER BY id", organization_id)
    roles = {account_id: strongest(held, account_id, brand_id) for account_id, brand_id in rows}
    return {account_id: role for account_id, role in roles.items() if role is not None}


async def role_for(db: Reader, viewer: Viewer, account_id: int) -> tuple[int, Role]:
    """The organization of an account, and the viewer's role for it. Raises NotFound."""
    row = await db.row("SELECT organization_id, brand_id FROM accounts WHERE id = ?", account_id)
    if row is None or row[0] is None:
        raise NotFound()
    organization_id, brand_id = row
    held = [each for each in await list_memberships(db, viewer.user_id) if each.organization_id == organization_id]
    role = strongest(held, account_id, brand_id) if viewer.user_id else None
    if role is None:
        raise NotFound()
    return organization_id, role


async def writing_role(db: Reader, viewer: Viewer, account_id: int) -> tuple[int, Role]:
    """The same for who may write. Raises NotFound, Forbidden for who only reads."""
    organization_id, role = await role_for(db, viewer, account_id)
    if not role.may_act:
        raise Forbidden("Your role reads; it does not write.")
    return organization_id, role


async def check_planner(db: Reader, viewer: Viewer, organization_id: int) -> None:
    """Whether somebody arranges the calendar of the whole organization. Raises NotFound, Forbidden."""
    held = [each for each in await list_memberships(db, viewer.user_id) if each.organization_id == organization_id]
    if not viewer.user_id or not held:
        raise NotFound()
    if not any(each.role.may_publish and each.account_id is None and each.brand_id is None for each in held):
        raise Forbidden("Only an editor of the whole organization may do this.")


async def organization_asked(db: Reader, viewer: Viewer, organization_id: int) -> int:
    """The one asked for; else that of the account one acts as, or the first one of one's own. Raises NotFound."""
    if organization_id:
        return organization_id
    of_account = await db.value("SELECT organization_id FROM accounts WHERE id = ?", viewer.account_id)
    if of_account:
        return int(of_account)
    first = await db.value("SELECT min(organization_id) FROM memberships WHERE user_id = ?", viewer.user_id)
    if not viewer.user_id or first is None:
        raise NotFound()
    return int(first)

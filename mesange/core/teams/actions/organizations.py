"""Beginning an organization, its brands, which roles need a second factor."""

from collections.abc import Sequence

from mesange.core.teams.actions.audit import note_act
from mesange.core.teams.actions.names import protect
from mesange.core.teams.model import (
    MOST_BRANDS,
    ROLE_ORDER,
    Brand,
    By,
    Membership,
    Organization,
    Role,
    TeamAct,
    checked_handle,
    checked_name,
    handle_of,
)
from mesange.core.teams.queries import check_role, get_brand, hold_organization, list_brands, list_member_ids
from mesange.core.teams.tables import brands, memberships, organizations
from mesange.events.accounts import MembershipChanged
from mesange.kit.db import Duplicate, Transaction
from mesange.kit.errors import Forbidden, Invalid
from mesange.kit.server import Server


class HandleTaken(Duplicate):
    http_status = 422
    code = "ERR_TAKEN"
    public_text = "An organization has this name already."
    field = "name"


async def create_organization(
    server: Server, name: str, owner_id: int, handle: str = "", by: By | None = None
) -> Organization:
    """A new organization whose first member owns it; without a handle it gets one made of its name.

    Raises Invalid, HandleTaken, Duplicate when another one protects this name.
    """
    name = checked_name(name)
    now, id = server.clock.now(), server.ids.next()
    handle = checked_handle(handle or handle_of(name) or f"o{id}")
    organization = Organization(id=id, name=name, created_at=now, handle=handle)
    try:
        async with server.db.transaction() as tx:
            await tx.insert(organizations, organization)
            await tx.insert(memberships, Membership(server.ids.next(), id, owner_id, Role.OWNER, now))
            await protect(server, tx, name, id)
            tx.emit(MembershipChanged(organization_id=id, user_id=owner_id))
            await note_act(server, tx, id, (by or By()).did(TeamAct.ORGANIZATION_BEGUN, owner=owner_id))
    except Duplicate:
        raise HandleTaken() from None
    return organization


async def create_brand(server: Server, by: By, organization_id: int, name: str) -> Brand:
    """Raises NotFound, Forbidden, Invalid, Duplicate for a name that another brand of it has."""
    brand = Brand(server.ids.next(), organization_id, checked_name(name), server.clock.now())
    async with server.db.transaction() as tx:
        await _check_admin(tx, by, organization_id)
        if len(await list_brands(tx, by.user_id, organization_id)) >= MOST_BRANDS:
            raise Invalid(f"An organization has at most {MOST_BRANDS} brands.", field="name")
        await tx.insert(brands, brand)
        await note_act(server, tx, organization_id, by.did(TeamAct.BRAND_BEGUN, brand=brand.id, name=brand.name))
    return brand


async def rename_brand(server: Server, by: By, organization_id: int, brand_id: int, name: str) -> None:
    """Raises NotFound, Forbidden, Invalid, Duplicate."""
    name = checked_name(name)
    async with server.db.transaction() as tx:
        await _check_admin(tx, by, organization_id)
        before = await get_brand(tx, organization_id, brand_id)
        await tx.execute("UPDATE brands SET name = ? WHERE id = ?", name, brand_id)
        deed = by.did(TeamAct.BRAND_RENAMED, brand=brand_id, before=before.name, after=name)
        await note_act(server, tx, organization_id, deed)


async def ask_second_factor(server: Server, by: By, organization_id: int, roles: Sequence[Role]) -> None:
    """From this commit on members with these roles who have no second factor read, and do nothing else.

    Raises NotFound, Forbidden for who is not owner or admin.
    """
    asked = " ".join(role.value for role in ROLE_ORDER if role in roles)
    async with server.db.transaction() as tx:
        await _check_admin(tx, by, organization_id)
        await tx.execute("UPDATE organizations SET factor_roles = ? WHERE id = ?", asked, organization_id)
        for user_id in await list_member_ids(tx, organization_id):
            tx.emit(MembershipChanged(organization_id=organization_id, user_id=user_id))
        await note_act(server, tx, organization_id, by.did(TeamAct.FACTOR_ASKED, roles=asked.split()))


async def _check_admin(tx: Transaction, by: By, organization_id: int) -> None:
    """Raises NotFound, Forbidden. The organization is held: what was checked stays true until the commit."""
    await hold_organization(tx, organization_id)
    if by.user_id == 0:
        raise Forbidden()
    await check_role(tx, by.user_id, organization_id, Role.ADMIN)

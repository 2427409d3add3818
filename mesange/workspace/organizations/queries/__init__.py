"""What the screens and the API of an organization read."""

from dataclasses import dataclass

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import Colleague, list_organization_accounts, load_colleagues
from mesange.core.teams.model import Membership, Organization, Role, Scope, strongest
from mesange.core.teams.queries import (
    check_role,
    find_public_organization,
    get_membership,
    list_brands,
    list_own_memberships,
)
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound
from mesange.kit.server import Server


@dataclass(frozen=True, slots=True)
class House:
    """An organization as one member sees it; `role` is theirs for the whole of it, if they have one there."""

    organization: Organization
    held: list[Membership]

    @property
    def role(self) -> Role | None:
        return strongest(self.held, None, None)

    @property
    def is_admin(self) -> bool:
        return self.role is not None and self.role.is_at_least(Role.ADMIN)


async def get_house(db: Reader, viewer: Viewer, handle: str) -> House:
    """Raises NotFound for who is no member: for them it does not exist."""
    organization = await find_public_organization(db, handle)
    if organization is None or not viewer.user_id:
        raise NotFound()
    return House(organization, await list_own_memberships(db, viewer.user_id, organization.id))


async def get_admin_house(db: Reader, viewer: Viewer, handle: str) -> House:
    """For owners and admins of the whole. Raises NotFound, Forbidden."""
    house = await get_house(db, viewer, handle)
    await check_role(db, viewer.user_id, house.organization.id, Role.ADMIN)
    return house


async def scope_named(server: Server, organization_id: int, brand_id: int, account_id: int) -> Scope:
    """Where a role is to hold, by ids of a form (0 for none). Raises NotFound for what is not the organization's."""
    if account_id:
        found = {each.id: each for each in await list_organization_accounts(server.db, organization_id)}
        if account_id not in found:
            raise NotFound()
        return Scope(found[account_id].brand_id, account_id)
    return Scope(brand_id or None)


async def scope_of(server: Server, organization_id: int, membership_id: int) -> Scope:
    """Where a membership holds. Raises NotFound."""
    held = await get_membership(server.db, organization_id, membership_id)
    return await scope_named(server, organization_id, held.brand_id or 0, held.account_id or 0)


async def name_colleague(db: Reader, user_id: int) -> Colleague | None:
    return (await load_colleagues(db, [user_id])).get(user_id)


async def check_brand(db: Reader, viewer: Viewer, organization_id: int, brand_id: int) -> int | None:
    """The brand of a form, or None. Raises NotFound for another organization's."""
    if brand_id and brand_id not in {each.id for each in await list_brands(db, viewer.user_id, organization_id)}:
        raise NotFound()
    return brand_id or None

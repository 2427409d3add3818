"""Beginning an organization, letting people in, protecting names."""

from mesange.core.teams.model import Membership, Organization, ProtectedName, Role
from mesange.core.teams.tables import memberships, organizations, protected_names
from mesange.events.accounts import MembershipChanged
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid
from mesange.kit.server import Server
from mesange.kit.text import skeleton


async def create_organization(server: Server, name: str, owner_id: int) -> Organization:
    """A new organization whose first member owns it. Raises Invalid without a name, Duplicate when it is taken."""
    name = name.strip()
    if not 0 < len(name) <= 100:
        raise Invalid("An organization needs a name of at most 100 signs.", field="name")
    organization = Organization(id=server.ids.next(), name=name, created_at=server.clock.now())
    async with server.db.transaction() as tx:
        await tx.insert(organizations, organization)
        await tx.insert(memberships, _membership(server, organization.id, owner_id, Role.OWNER, None))
        await _protect(server, tx, name, organization.id)
        tx.emit(MembershipChanged(organization_id=organization.id, user_id=owner_id))
    return organization


async def protect_name(server: Server, name: str, organization_id: int | None = None) -> None:
    """From now on no account may take a name that looks like this one, save those of the organization."""
    async with server.db.transaction() as tx:
        await _protect(server, tx, name, organization_id)


async def release_name(server: Server, name: str) -> bool:
    """Whether there was such a protection; it has ended."""
    async with server.db.transaction() as tx:
        return bool(await tx.execute("DELETE FROM protected_names WHERE skeleton = ?", skeleton(name)))


async def _protect(server: Server, tx: Transaction, name: str, organization_id: int | None) -> None:
    if look := skeleton(name):
        await tx.insert(protected_names, ProtectedName(server.ids.next(), look, name, organization_id))


async def add_member(
    server: Server, organization_id: int, user_id: int, role: Role, account_id: int | None = None
) -> Membership:
    """Let a user act for the organization, or for one of its accounts only."""
    membership = _membership(server, organization_id, user_id, role, account_id)
    async with server.db.transaction() as tx:
        await tx.insert(memberships, membership)
        tx.emit(MembershipChanged(organization_id=organization_id, user_id=user_id))
    return membership


def _membership(server: Server, organization_id: int, user_id: int, role: Role, account_id: int | None) -> Membership:
    return Membership(
        id=server.ids.next(),
        organization_id=organization_id,
        user_id=user_id,
        role=role,
        created_at=server.clock.now(),
        account_id=account_id,
    )

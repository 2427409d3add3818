"""Who is a member with which role: letting in, changing, letting go. The last owner stays."""

from dataclasses import replace

from mesange.core.teams.actions.audit import note_act
from mesange.core.teams.model import (
    MOST_MEMBERS,
    WHOLE,
    By,
    LastOwner,
    Membership,
    Role,
    Scope,
    TeamAct,
    check_may_give,
    strongest,
)
from mesange.core.teams.queries import get_membership, hold_organization, list_own_memberships
from mesange.core.teams.tables import memberships
from mesange.events.accounts import MembershipChanged
from mesange.kit.db import Transaction
from mesange.kit.errors import Conflict, Invalid
from mesange.kit.server import Server


class MemberAlready(Conflict):
    public_text = "This person is a member there already. Change their role instead."
    code = "member_already"


async def add_member(
    server: Server, organization_id: int, user_id: int, role: Role, account_id: int | None = None
) -> Membership:
    """Let a user act for the organization, or for one of its accounts only: by command, on the machine itself."""
    async with server.db.transaction() as tx:
        return await join(server, tx, By(), organization_id, user_id, role, Scope(account_id=account_id))


async def join(
    server: Server, tx: Transaction, by: By, organization_id: int, user_id: int, role: Role, scope: Scope = WHOLE
) -> Membership:
    """One more membership. Raises MemberAlready, Invalid when there are far too many."""
    membership = Membership(
        id=server.ids.next(),
        organization_id=organization_id,
        user_id=user_id,
        role=role,
        created_at=server.clock.now(),
        brand_id=scope.brand_id if scope.account_id is None else None,
        account_id=scope.account_id,
    )
    await hold_organization(tx, organization_id)
    if await _is_member(tx, membership):
        raise MemberAlready()
    if await tx.value("SELECT count(*) FROM memberships WHERE organization_id = ?", organization_id) >= MOST_MEMBERS:
        raise Invalid(f"An organization has at most {MOST_MEMBERS} members.")
    await tx.insert(memberships, membership)
    tx.emit(MembershipChanged(organization_id=organization_id, user_id=user_id))
    await note_act(server, tx, organization_id, by.did(TeamAct.MEMBER_JOINED, **_told(membership)))
    return membership


async def change_role(
    server: Server, by: By, organization_id: int, membership_id: int, role: Role, scope: Scope
) -> Membership:
    """`scope` is where the membership holds, its account's brand included.

    Raises NotFound, Forbidden (admins neither make owners nor change them), LastOwner.
    """
    async with server.db.transaction() as tx:
        before = await _changeable(tx, by, organization_id, membership_id, scope, to=role)
        changed = replace(before, role=role)
        await tx.update(memberships, changed)
        await _check_owned(tx, organization_id)
        tx.emit(MembershipChanged(organization_id=organization_id, user_id=before.user_id))
        deed = by.did(TeamAct.ROLE_CHANGED, before=before.role.value, **_told(changed))
        await note_act(server, tx, organization_id, deed)
    return changed


async def end_membership(server: Server, by: By, organization_id: int, membership_id: int, scope: Scope) -> None:
    """From this commit on the member acts no more there, whichever browser or client they use. Anyone may leave.

    Raises NotFound, Forbidden, LastOwner.
    """
    async with server.db.transaction() as tx:
        await hold_organization(tx, organization_id)
        ended = await get_membership(tx, organization_id, membership_id)
        if ended.user_id != by.user_id:
            ended = await _changeable(tx, by, organization_id, membership_id, scope)
        await tx.execute("DELETE FROM memberships WHERE id = ?", membership_id)
        await _check_owned(tx, organization_id)
        tx.emit(MembershipChanged(organization_id=organization_id, user_id=ended.user_id))
        await note_act(server, tx, organization_id, by.did(TeamAct.MEMBER_LEFT, **_told(ended)))


async def _changeable(
    tx: Transaction, by: By, organization_id: int, membership_id: int, scope: Scope, to: Role | None = None
) -> Membership:
    await hold_organization(tx, organization_id)
    membership = await get_membership(tx, organization_id, membership_id)
    held = await list_own_memberships(tx, by.user_id, organization_id)
    own = strongest(held, scope.account_id, scope.brand_id)
    for role in (membership.role, to or membership.role):
        check_may_give(own, role)
    return membership


async def _check_owned(tx: Transaction, organization_id: int) -> None:
    owners = await tx.value(
        "SELECT count(*) FROM memberships WHERE organization_id = ? AND role = ? AND brand_id IS NULL "
        "AND account_id IS NULL",
        organization_id,
        Role.OWNER.value,
    )
    if not owners:
        raise LastOwner()


async def _is_member(tx: Transaction, membership: Membership) -> bool:
    found = await tx.value(
        "SELECT 1 FROM memberships WHERE organization_id = ? AND user_id = ? AND coalesce(brand_id, 0) = ? "
        "AND coalesce(account_id, 0) = ?",
        membership.organization_id,
        membership.user_id,
        membership.brand_id or 0,
        membership.account_id or 0,
    )
    return found is not None


def _told(membership: Membership) -> dict[str, object]:
    told = {
        "member": membership.user_id,
        "role": membership.role.value,
        "brand": membership.brand_id,
        "account": membership.account_id,
    }
    return {name: value for name, value in told.items() if value is not None}

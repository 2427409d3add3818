"""Closing, renaming, emptying, handing over an account of an organization: asked by one, approved by another."""

from dataclasses import replace

from mesange.core.accounts.actions.brands import by
from mesange.core.accounts.actions.standing import withdraw_account
from mesange.core.accounts.model import Account, Viewer, checked_username
from mesange.core.accounts.queries import check_handle
from mesange.core.accounts.tables import accounts
from mesange.core.archives.actions.calling import bring_back_account, call_for_second
from mesange.core.archives.model import (
    GRACE,
    AskedAlready,
    ChangeState,
    Guarded,
    GuardedChange,
    InCrisis,
    TwoPeople,
)
from mesange.core.archives.queries import hold_change
from mesange.core.archives.tables import guarded_changes
from mesange.core.teams.actions import note_act
from mesange.core.teams.model import Organization, Role, Scope, TeamAct
from mesange.core.teams.queries import check_role, find_public_organization, hold_organization
from mesange.kit.db import Duplicate, Transaction
from mesange.kit.errors import Conflict, Invalid, NotFound
from mesange.kit.server import Server


async def ask_change(
    server: Server, viewer: Viewer, organization_id: int, account_id: int, kind: Guarded, target: str = ""
) -> GuardedChange:
    """Ask for it; the other owners and admins are told by mail. Nothing happens before one of them approves.

    Raises NotFound, Forbidden, Invalid, AskedAlready; InCrisis while the organization is frozen, which is noted.
    """
    await _refuse_in_crisis(server, viewer, organization_id, account_id, kind)
    change = GuardedChange(
        server.ids.next(), organization_id, account_id, kind, ChangeState.ASKED, viewer.user_id, target.strip()
    )
    try:
        async with server.db.transaction() as tx:
            organization = await hold_organization(tx, organization_id)
            account = await _guarded_account(tx, viewer, organization_id, account_id)
            await _check_target(tx, change)
            await _forget_stale(server, tx, account_id)
            await tx.insert(guarded_changes, change)
            await call_for_second(server, tx, organization, account, change)
            await _note(server, tx, viewer, change, TeamAct.CHANGE_ASKED)
    except Duplicate:
        raise AskedAlready() from None
    return change


async def approve_change(server: Server, viewer: Viewer, organization_id: int, change_id: int) -> GuardedChange:
    """The second person: the days of grace begin; an account that will be closed is hidden from this commit on.

    Raises NotFound, Forbidden, TwoPeople, Conflict, InCrisis.
    """
    now = server.clock.now()
    seen = await _change_seen(server, viewer, organization_id, change_id)
    await _refuse_in_crisis(server, viewer, organization_id, seen.account_id, seen.kind)
    async with server.db.transaction() as tx:
        await hold_organization(tx, organization_id)
        change = await hold_change(tx, organization_id, change_id)
        account = await _guarded_account(tx, viewer, organization_id, change.account_id)
        if change.asked_by == viewer.user_id:
            raise TwoPeople()
        if change.state is not ChangeState.ASKED or change.is_stale(now):
            raise Conflict("This is decided, called back, or was asked too long ago.")
        change = replace(
            change, state=ChangeState.APPROVED, approved_by=viewer.user_id, approved_at=now, due_at=now + GRACE
        )
        await tx.update(guarded_changes, change)
        if change.kind is Guarded.DELETION:
            await withdraw_account(server, tx, account.id)
        await _note(server, tx, viewer, change, TeamAct.CHANGE_APPROVED)
    return change


async def call_back_change(server: Server, viewer: Viewer, organization_id: int, change_id: int) -> GuardedChange:
    """Any owner or admin, alone, also in a crisis: it does not happen; a hidden account is seen again.

    Raises NotFound, Forbidden, Conflict when it is done or called back.
    """
    async with server.db.transaction() as tx:
        await hold_organization(tx, organization_id)
        change = await hold_change(tx, organization_id, change_id)
        await _guarded_account(tx, viewer, organization_id, change.account_id)
        if not change.is_open:
            raise Conflict("This is done, or was called back already.")
        if change.state is ChangeState.APPROVED and change.kind is Guarded.DELETION:
            await bring_back_account(tx, change.account_id)
        ended_at = server.clock.now()
        change = replace(change, state=ChangeState.CALLED_BACK, ended_at=ended_at, ended_by=viewer.user_id)
        await tx.update(guarded_changes, change)
        await _note(server, tx, viewer, change, TeamAct.CHANGE_CALLED_BACK)
    return change


async def _change_seen(server: Server, viewer: Viewer, organization_id: int, change_id: int) -> GuardedChange:
    await check_role(server.db, viewer.user_id, organization_id, Role.ANALYST)
    async with server.db.transaction() as tx:
        return await hold_change(tx, organization_id, change_id)


async def _refuse_in_crisis(
    server: Server, viewer: Viewer, organization_id: int, account_id: int, kind: Guarded
) -> None:
    """The attempt is noted in a commit of its own, for the refusal undoes nothing of it."""
    async with server.db.transaction() as tx:
        organization = await hold_organization(tx, organization_id)
        await _guarded_account(tx, viewer, organization_id, account_id)
        if organization.frozen_at is not None:
            deed = by(viewer).did(TeamAct.CHANGE_REFUSED, account_id, kind=kind.value, because="frozen")
            await note_act(server, tx, organization_id, deed)
    if organization.frozen_at is not None:
        raise InCrisis()


async def _guarded_account(tx: Transaction, viewer: Viewer, organization_id: int, account_id: int) -> Account:
    """The organization's account, for its owners and admins. Raises NotFound, Forbidden."""
    row = await tx.row(
        f"SELECT {accounts.columns} FROM accounts WHERE id = ? AND organization_id = ? FOR UPDATE",
        account_id,
        organization_id,
    )
    account = accounts.load(row) if row else None
    scope = Scope(account.brand_id, account.id) if account else Scope()
    await check_role(tx, viewer.user_id, organization_id, Role.ADMIN, scope)
    if account is None:
        raise NotFound()
    return account


async def _check_target(tx: Transaction, change: GuardedChange) -> None:
    if change.kind is Guarded.RENAMING:
        await check_handle(tx, checked_username(change.target), change.organization_id)
        if await tx.value("SELECT 1 FROM accounts WHERE lower(username) = ? AND domain = ''", change.target.lower()):
            raise Invalid("This name is taken.", field="target", code="ERR_TAKEN")
    elif change.kind is Guarded.TRANSFER:
        found: Organization | None = await find_public_organization(tx, change.target)
        if found is None or found.id == change.organization_id:
            raise Invalid("There is no other organization of this name.", field="target")


async def _forget_stale(server: Server, tx: Transaction, account_id: int) -> None:
    """What nobody approved in time does not stand in the way of asking anew."""
    rows = await tx.rows(
        f"SELECT {guarded_changes.columns} FROM guarded_changes WHERE account_id = ? AND state = 'asked'", account_id
    )
    now = server.clock.now()
    for change in map(guarded_changes.load, rows):
        if change.is_stale(now):
            await tx.update(guarded_changes, replace(change, state=ChangeState.CALLED_BACK, ended_at=now))


async def _note(server: Server, tx: Transaction, viewer: Viewer, change: GuardedChange, act: TeamAct) -> None:
    told = {"change": change.id, "kind": change.kind.value, "due": change.due_at, "target": change.target}
    given = {name: value for name, value in told.items() if value}
    await note_act(server, tx, change.organization_id, by(viewer).did(act, change.account_id, **given))

"""Carrying out guarded changes whose days of grace are over, each step noted."""

from dataclasses import replace

from mesange.core.accounts.tables import accounts
from mesange.core.archives.actions.leaving import remove_account
from mesange.core.archives.model import ChangeState, Guarded, GuardedChange
from mesange.core.archives.queries import hold_change, list_due_changes
from mesange.core.archives.tables import guarded_changes
from mesange.core.statuses.actions.delete import erase_status
from mesange.core.teams.actions import note_act, protect
from mesange.core.teams.model import By, TeamAct
from mesange.core.teams.queries import find_public_organization, frozen_since, list_member_ids, list_protected
from mesange.events.accounts import AccountUpdated, MembershipChanged, StandingChanged
from mesange.kit.db import Duplicate, Transaction
from mesange.kit.errors import Conflict, MesangeError, Unavailable
from mesange.kit.server import Server
from mesange.kit.text import skeleton

AT_ONCE = 20


async def carry_out_due_changes(server: Server) -> None:
    """One after the other; what cannot be done any more says so, and is noted."""
    for change in await list_due_changes(server.db, server.clock.now()):
        try:
            if change.kind is Guarded.MASS_DELETION:
                await _delete_posts(server, change)
            await _finish(server, change)
        except Unavailable:
            raise
        except MesangeError:
            await _give_up(server, change)


async def _finish(server: Server, seen: GuardedChange) -> None:
    try:
        async with server.db.transaction() as tx:
            change = await hold_change(tx, seen.organization_id, seen.id)
            is_frozen = await frozen_since(tx, seen.organization_id) is not None
            if change.state is ChangeState.APPROVED and not is_frozen:
                await _carry_out(server, tx, change)
                await _end(server, tx, change, ChangeState.DONE)
    except Duplicate:
        raise Conflict("This name is taken.") from None


async def _carry_out(server: Server, tx: Transaction, change: GuardedChange) -> None:
    match change.kind:
        case Guarded.DELETION:
            row = await tx.row(f"SELECT {accounts.columns} FROM accounts WHERE id = ?", change.account_id)
            await remove_account(server, tx, accounts.load(row or ()))
        case Guarded.RENAMING:
            await _rename(server, tx, change)
        case Guarded.TRANSFER:
            await _hand_over(tx, change)
        case Guarded.MASS_DELETION:
            pass  # Its posts went in steps of their own, before.


async def _rename(server: Server, tx: Transaction, change: GuardedChange) -> None:
    """The old name stays the organization's: nobody takes it to be taken for them."""
    before = await tx.value("SELECT username FROM accounts WHERE id = ?", change.account_id)
    await tx.execute("UPDATE accounts SET username = ? WHERE id = ?", change.target, change.account_id)
    if not await list_protected(tx, [skeleton(before)]):
        await protect(server, tx, before, change.organization_id)
    tx.emit(AccountUpdated(account_id=change.account_id))


async def _hand_over(tx: Transaction, change: GuardedChange) -> None:
    to = await find_public_organization(tx, change.target)
    if to is None:
        raise Conflict("There is no other organization of this name.")
    await tx.execute("UPDATE accounts SET organization_id = ?, brand_id = NULL WHERE id = ?", to.id, change.account_id)
    await tx.execute("DELETE FROM memberships WHERE account_id = ?", change.account_id)
    tx.emit(AccountUpdated(account_id=change.account_id))
    tx.emit(StandingChanged(account_id=change.account_id))
    for organization_id in (change.organization_id, to.id):
        for user_id in await list_member_ids(tx, organization_id):
            tx.emit(MembershipChanged(organization_id=to.id, user_id=user_id))


async def _delete_posts(server: Server, change: GuardedChange) -> None:
    """All that was there when it was asked for; others write in between."""
    while True:
        async with server.db.transaction() as tx:
            if await frozen_since(tx, change.organization_id) is not None:
                return
            rows = await tx.rows(
                "SELECT id FROM statuses WHERE account_id = ? AND id < ? ORDER BY id LIMIT ?",
                change.account_id,
                change.id,
                AT_ONCE,
            )
            for (status_id,) in rows:
                if await tx.value("SELECT 1 FROM statuses WHERE id = ?", status_id):
                    await erase_status(server, tx, status_id, deletes_media=True)
        if not rows:
            return


async def _give_up(server: Server, change: GuardedChange) -> None:
    async with server.db.transaction() as tx:
        held = await hold_change(tx, change.organization_id, change.id)
        if held.state is ChangeState.APPROVED:
            await _end(server, tx, held, ChangeState.FAILED)


async def _end(server: Server, tx: Transaction, change: GuardedChange, state: ChangeState) -> None:
    await tx.update(guarded_changes, replace(change, state=state, ended_at=server.clock.now()))
    deed = By().did(TeamAct.CHANGE_DONE, change.account_id, change=change.id, kind=change.kind.value, state=state.value)
    await note_act(server, tx, change.organization_id, deed)

"""Accounts of an organization: opened for it, taken in from a person, placed under one of its brands."""

from dataclasses import replace

from mesange.core.accounts.actions.accounts import create_account
from mesange.core.accounts.model import Account, Viewer
from mesange.core.accounts.tables import accounts
from mesange.core.teams.actions import note_act
from mesange.core.teams.model import By, Role, TeamAct
from mesange.core.teams.queries import check_role, get_brand, hold_organization, list_member_ids
from mesange.events.accounts import AccountUpdated, MembershipChanged, StandingChanged
from mesange.kit.db import Transaction
from mesange.kit.errors import Conflict, Forbidden, NotFound
from mesange.kit.server import Server

MOST_ACCOUNTS = 1_000


def by(viewer: Viewer) -> By:
    """The viewer, as the audit of an organization names them."""
    return By(viewer.user_id, viewer.client_id)


async def open_account(
    server: Server, viewer: Viewer, organization_id: int, username: str, brand_id: int | None = None
) -> Account:
    """A new account that belongs to the organization. Raises NotFound, Forbidden, Invalid, NameTaken."""
    async with server.db.transaction() as tx:
        await _check_admin(tx, viewer, organization_id, brand_id)
        held = await tx.value("SELECT count(*) FROM accounts WHERE organization_id = ?", organization_id)
        if held >= MOST_ACCOUNTS:
            raise Forbidden(f"An organization has at most {MOST_ACCOUNTS} accounts.")
        account = await create_account(server, tx, username, organization_id=organization_id)
        account = replace(account, brand_id=brand_id)
        await tx.update(accounts, account)
        await _tell(tx, account.id, organization_id)
        deed = by(viewer).did(TeamAct.ACCOUNT_OPENED, account.id, brand=brand_id)
        await note_act(server, tx, organization_id, deed)
    return account


async def take_in_account(server: Server, viewer: Viewer, organization_id: int, brand_id: int | None = None) -> Account:
    """The account as which the viewer acts becomes the organization's: from this commit on its members decide about it.

    Raises NotFound, Forbidden (someone else's, a pseudonym, the only account of a login), Conflict.
    """
    async with server.db.transaction() as tx:
        await _check_admin(tx, viewer, organization_id, brand_id)
        account = await _hold(tx, viewer.account_id)
        if account.organization_id is not None:
            raise Conflict("This account belongs to an organization already.")
        if account.user_id != viewer.user_id or account.is_pseudonym or account.is_hidden:
            raise Forbidden("Only an account of your own, under its own name, can be taken in.")
        if not await tx.value(
            "SELECT 1 FROM accounts WHERE user_id = ? AND id <> ? AND deleted_at IS NULL AND is_pseudonym = 0 LIMIT 1",
            viewer.user_id,
            account.id,
        ):
            raise Forbidden("This is the only account of your login. Add another one for yourself first.")
        account = replace(account, user_id=None, organization_id=organization_id, brand_id=brand_id)
        await tx.update(accounts, account)
        await _tell(tx, account.id, organization_id)
        deed = by(viewer).did(TeamAct.ACCOUNT_TAKEN_IN, account.id, brand=brand_id)
        await note_act(server, tx, organization_id, deed)
    return account


async def place_account(
    server: Server, viewer: Viewer, organization_id: int, account_id: int, brand_id: int | None
) -> Account:
    """Under a brand, or under none. Who acted for it by another brand acts for it no more.

    Raises NotFound, Forbidden.
    """
    async with server.db.transaction() as tx:
        await _check_admin(tx, viewer, organization_id, brand_id)
        account = await _hold(tx, account_id)
        if account.organization_id != organization_id:
            raise NotFound()
        before = account.brand_id
        account = replace(account, brand_id=brand_id)
        await tx.update(accounts, account)
        await _tell(tx, account_id, organization_id)
        deed = by(viewer).did(TeamAct.ACCOUNT_PLACED, account_id, before=before, after=brand_id)
        await note_act(server, tx, organization_id, deed)
    return account


async def _check_admin(tx: Transaction, viewer: Viewer, organization_id: int, brand_id: int | None) -> None:
    """Raises NotFound, Forbidden."""
    await hold_organization(tx, organization_id)
    await check_role(tx, viewer.user_id, organization_id, Role.ADMIN)
    if brand_id is not None:
        await get_brand(tx, organization_id, brand_id)


async def _hold(tx: Transaction, account_id: int) -> Account:
    row = await tx.row(f"SELECT {accounts.columns} FROM accounts WHERE id = ? FOR UPDATE", account_id)
    if row is None:
        raise NotFound()
    return accounts.load(row)


async def _tell(tx: Transaction, account_id: int, organization_id: int) -> None:
    """Who may act as the account must be read again, for each member."""
    tx.emit(AccountUpdated(account_id=account_id))
    tx.emit(StandingChanged(account_id=account_id))
    for user_id in await list_member_ids(tx, organization_id):
        tx.emit(MembershipChanged(organization_id=organization_id, user_id=user_id))

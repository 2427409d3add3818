"""Guarded changes of an organization's accounts: owners and admins see them."""

from mesange.core.archives.model import GuardedChange
from mesange.core.archives.tables import guarded_changes
from mesange.core.teams.model import Role
from mesange.core.teams.queries import check_role
from mesange.kit.db import Reader, Transaction
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page


async def list_changes(db: Reader, user_id: int, organization_id: int, page: Page) -> list[GuardedChange]:
    """Newest first, those that ended too. Raises NotFound, Forbidden."""
    await check_role(db, user_id, organization_id, Role.ADMIN)
    rows = await db.rows(
        f"SELECT {guarded_changes.columns} FROM guarded_changes WHERE organization_id = ? AND id < ? AND id > ? "
        f"ORDER BY id {page.order} LIMIT ?",
        organization_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([guarded_changes.load(row) for row in rows])


async def hold_change(tx: Transaction, organization_id: int, change_id: int) -> GuardedChange:
    """Nobody else decides about it before this transaction ends. Raises NotFound."""
    row = await tx.row(
        f"SELECT {guarded_changes.columns} FROM guarded_changes WHERE id = ? AND organization_id = ? FOR UPDATE",
        change_id,
        organization_id,
    )
    if row is None:
        raise NotFound()
    return guarded_changes.load(row)


async def list_due_changes(db: Reader, now: int) -> list[GuardedChange]:
    """Those whose days of grace are over, but for organizations that are frozen: these wait."""
    rows = await db.rows(
        f"SELECT {guarded_changes.columns_of('g')} FROM guarded_changes g JOIN organizations o "
        "ON o.id = g.organization_id WHERE g.state = 'approved' AND g.due_at <= ? AND o.frozen_at IS NULL "
        "ORDER BY g.due_at LIMIT 20",
        now,
    )
    return [guarded_changes.load(row) for row in rows]

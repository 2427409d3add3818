"""Decisions."""

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import list_own_accounts
from mesange.core.moderation.model import Strike
from mesange.core.moderation.tables import strikes
from mesange.kit.db import Reader, Transaction
from mesange.kit.errors import Conflict, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server

MOST_SHOWN = 100


async def list_own_strikes(server: Server, viewer: Viewer) -> list[Strike]:
    """Decisions about the accounts that the viewer may act as, newest first."""
    own = [account.id for account in await list_own_accounts(server, viewer.user_id)]
    rows = await server.db.rows(
        f"SELECT {strikes.columns} FROM strikes WHERE account_id = ANY(?) ORDER BY id DESC LIMIT ?", own, MOST_SHOWN
    )
    return [strikes.load(row) for row in rows]


async def list_strikes_of(db: Reader, account_id: int) -> list[Strike]:
    rows = await db.rows(
        f"SELECT {strikes.columns} FROM strikes WHERE account_id = ? ORDER BY id DESC LIMIT ?", account_id, MOST_SHOWN
    )
    return [strikes.load(row) for row in rows]


async def list_appeals(db: Reader, page: Page) -> list[Strike]:
    """Answers of people concerned that wait for the staff, newest decision first."""
    rows = await db.rows(
        f"SELECT {strikes.columns} FROM strikes WHERE appealed_at IS NOT NULL AND answered_at IS NULL "
        f"AND id < ? AND id > ? ORDER BY id {page.order} LIMIT ?",
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([strikes.load(row) for row in rows])


async def count_open_appeals(db: Reader) -> int:
    return await db.value("SELECT count(*) FROM strikes WHERE appealed_at IS NOT NULL AND answered_at IS NULL")


async def is_removal_due(tx: Transaction, account_id: int) -> bool:
    """Whether decisions that stand suspend the account, none of them can be answered any more, and it is not erased."""
    return bool(
        await tx.value(
            "SELECT 1 FROM accounts a WHERE a.id = ? AND a.suspended_at IS NOT NULL AND (a.deleted_at IS NULL "
            "OR a.withdrawn_at IS NOT NULL) AND EXISTS (SELECT 1 FROM strikes s WHERE s.account_id = a.id "
            "AND s.measure = 'suspend' AND s.lifted_at IS NULL) AND NOT EXISTS (SELECT 1 FROM strikes s "
            "WHERE s.account_id = a.id AND s.removal_at IS NOT NULL) FOR UPDATE",
            account_id,
        )
    )


async def hold_strike(tx: Transaction, strike_id: int) -> Strike:
    """A decision that stands, held until the transaction ends. Raises NotFound, Conflict when it was lifted."""
    row = await tx.row(f"SELECT {strikes.columns} FROM strikes WHERE id = ? FOR UPDATE", strike_id)
    if row is None:
        raise NotFound()
    strike = strikes.load(row)
    if strike.lifted_at is not None:
        raise Conflict("This decision was taken back already.")
    return strike

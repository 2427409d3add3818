"""What a membership that ended, or became smaller, takes away: tokens, codes and sessions for accounts lost by it."""

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import may_act_as
from mesange.core.accounts.tables import accounts
from mesange.events.accounts import AccessRevoked
from mesange.kit.db import Transaction


async def end_lost_access(tx: Transaction, user_id: int, organization_id: int) -> None:
    """For each account of the organization as which the user may no longer act: clients are cut off, browsers go on as
    the person's own first account."""
    for account in await _held(tx, user_id, organization_id):
        if not await may_act_as(tx, user_id, account):
            await _end_access(tx, user_id, account.id)


async def _held(tx: Transaction, user_id: int, organization_id: int) -> list[Account]:
    rows = await tx.rows(
        f"SELECT {accounts.columns} FROM accounts WHERE organization_id = ? AND id IN (SELECT account_id FROM "
        "access_tokens WHERE user_id = ? UNION SELECT account_id FROM sessions WHERE user_id = ? UNION "
        "SELECT account_id FROM authorization_codes WHERE user_id = ?)",
        organization_id, user_id, user_id, user_id,
    )  # fmt: skip
    return [accounts.load(row) for row in rows]


async def _end_access(tx: Transaction, user_id: int, account_id: int) -> None:
    where = "WHERE user_id = ? AND account_id = ?"
    tokens = await tx.rows(f"DELETE FROM access_tokens {where} RETURNING id", user_id, account_id)
    await tx.execute(f"DELETE FROM authorization_codes {where}", user_id, account_id)
    own = await tx.value(
        "SELECT id FROM accounts WHERE user_id = ? AND deleted_at IS NULL AND is_pseudonym = 0 ORDER BY id LIMIT 1",
        user_id,
    )
    if own is None:
        sessions = await tx.rows(f"DELETE FROM sessions {where} RETURNING id", user_id, account_id)
    else:
        sessions = await tx.rows(f"UPDATE sessions SET account_id = ? {where} RETURNING id", own, user_id, account_id)
    if tokens or sessions:
        tx.emit(
            AccessRevoked(
                user_id=user_id,
                token_ids=tuple(id for (id,) in tokens),
                session_ids=tuple(id for (id,) in sessions),
            )
        )

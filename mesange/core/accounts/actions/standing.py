"""Writes of an account's standing: limited, frozen, suspended, free of rate limits.

Called by whoever decides (core/moderation, a command), in the transaction in which the decision is noted.
"""

from mesange.core.accounts.model import Account, Restriction
from mesange.events.accounts import AccessRevoked, AccountUpdated, StandingChanged
from mesange.kit.db import Transaction
from mesange.kit.server import Server


async def restrict_account(server: Server, tx: Transaction, account: Account, restriction: Restriction) -> None:
    """From this commit on the restriction holds; a suspension ends the account's access and streams as well."""
    column = restriction.column
    await tx.execute(
        f"UPDATE accounts SET {column} = ? WHERE id = ? AND {column} IS NULL", server.clock.now(), account.id
    )
    _tell(tx, account.id)
    if restriction is Restriction.SUSPENDED:
        await _end_access(tx, account.id)


async def lift_restriction(tx: Transaction, account_id: int, restriction: Restriction) -> None:
    await tx.execute(f"UPDATE accounts SET {restriction.column} = NULL WHERE id = ?", account_id)
    _tell(tx, account_id)


async def lift_rate_limits(server: Server, tx: Transaction, account_id: int, *, lifted: bool = True) -> None:
    """Let an account call as often as it needs (a campaign, a live event), or as all others again."""
    at = server.clock.now() if lifted else None
    await tx.execute("UPDATE accounts SET limits_lifted_at = ? WHERE id = ?", at, account_id)
    _tell(tx, account_id)


def _tell(tx: Transaction, account_id: int) -> None:
    tx.emit(AccountUpdated(account_id=account_id))
    tx.emit(StandingChanged(account_id=account_id))


async def _end_access(tx: Transaction, account_id: int) -> None:
    """Tokens are gone for good; a browser stays signed in, to read why and to appeal, but its streams close."""
    tokens = await tx.rows("SELECT id, user_id FROM access_tokens WHERE account_id = ?", account_id)
    sessions = await tx.rows("SELECT id, user_id FROM sessions WHERE account_id = ?", account_id)
    await tx.execute("DELETE FROM access_tokens WHERE account_id = ?", account_id)
    await tx.execute("DELETE FROM authorization_codes WHERE account_id = ?", account_id)
    for user_id in sorted({user for _, user in (*tokens, *sessions) if user}):
        tx.emit(
            AccessRevoked(
                user_id=user_id,
                token_ids=tuple(id for id, user in tokens if user == user_id),
                session_ids=tuple(id for id, user in sessions if user == user_id),
            )
        )


async def withdraw_account(server: Server, tx: Transaction, account_id: int) -> int:
    """Its owner hides it: nobody sees it, its access and streams end. When that was, in milliseconds."""
    now = server.clock.now()
    await tx.execute(
        "UPDATE accounts SET withdrawn_at = ?, deleted_at = ? WHERE id = ? AND deleted_at IS NULL", now, now, account_id
    )
    _tell(tx, account_id)
    await _end_access(tx, account_id)
    await tx.execute("DELETE FROM sessions WHERE account_id = ?", account_id)
    return now


async def bring_back_accounts(server: Server, user_id: int, account_id: int | None = None) -> int:
    """The owner is there again: the withdrawn account, or every one of theirs, is seen again; how many."""
    async with server.db.transaction() as tx:
        rows = await tx.rows(
            "UPDATE accounts SET withdrawn_at = NULL, deleted_at = NULL WHERE user_id = ? AND withdrawn_at IS NOT NULL "
            f"{'AND id = ? ' if account_id else ''}RETURNING id",
            *([user_id, account_id] if account_id else [user_id]),
        )
        for (id,) in rows:
            _tell(tx, id)
    return len(rows)

"""Rows that stand between two accounts, and the counts that go with them."""

from mesange.core.follows.model import Follow
from mesange.core.follows.tables import follows
from mesange.events.follows import (
    AccountFollowed,
    AccountUnfollowed,
)
from mesange.kit.db import Transaction


async def end_follow(tx: Transaction, account_id: int, target_id: int) -> bool:
    """Whether there was one."""
    is_ended = await delete_pair(tx, "follows", account_id, target_id)
    if is_ended:
        await _count(tx, account_id, target_id, -1)
        tx.emit(AccountUnfollowed(account_id=account_id, target_id=target_id))
    return is_ended


async def hold_accounts(tx: Transaction, *account_ids: int) -> None:
    """Writers about the same accounts go one after the other, all in the same order."""
    await tx.rows("SELECT id FROM accounts WHERE id = ANY(?) ORDER BY id FOR UPDATE", list(account_ids))


async def insert_follow(tx: Transaction, follow: Follow) -> None:
    await tx.insert(follows, follow)
    await _count(tx, follow.account_id, follow.target_id, 1)
    tx.emit(AccountFollowed(account_id=follow.account_id, target_id=follow.target_id))


async def delete_pair(tx: Transaction, table: str, account_id: int, target_id: int) -> bool:
    deleted = await tx.execute(f"DELETE FROM {table} WHERE account_id = ? AND target_id = ?", account_id, target_id)
    return deleted > 0


async def _count(tx: Transaction, account_id: int, target_id: int, change: int) -> None:
    for id, column in sorted([(account_id, "following"), (target_id, "followers")]):
        await tx.execute(
            f"INSERT INTO account_stats (account_id, {column}) VALUES (?, ?) "
            f"ON CONFLICT (account_id) DO UPDATE SET {column} = account_stats.{column} + excluded.{column}",
            id,
            change,
        )

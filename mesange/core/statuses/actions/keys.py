"""The Idempotency-Key: what a client sends again is done once."""

from mesange.kit.clock import HOUR
from mesange.kit.db import Transaction
from mesange.kit.server import Server

KEY_LIFE = HOUR
MOST_KEY = 200


async def claim_key(server: Server, tx: Transaction, account_id: int, key: str, made_id: int) -> int | None:
    """The id of what this key made before (also in a race), or None when it makes `made_id` now."""
    key = key[:MOST_KEY]
    is_ours = await tx.execute(
        "INSERT INTO idempotency_keys (account_id, key, status_id, created_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        account_id,
        key,
        made_id,
        server.clock.now(),
    )
    if is_ours:
        return None
    return await tx.value("SELECT status_id FROM idempotency_keys WHERE account_id = ? AND key = ?", account_id, key)


async def release_key(tx: Transaction, account_id: int, key: str) -> None:
    """What this key claimed in this very transaction is not made after all."""
    await tx.execute("DELETE FROM idempotency_keys WHERE account_id = ? AND key = ?", account_id, key[:MOST_KEY])


async def forget_old_keys(server: Server) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM idempotency_keys WHERE created_at < ?", server.clock.now() - KEY_LIFE)

"""What a browser is in the middle of: kept by the server, bound to that browser's cookie, good once and not for long.

Nothing of it travels through the browser, so a step can neither be skipped nor taken over (H3 of the known attacks).
"""

from mesange.core.accounts.model.second_factors import CHALLENGE_LIFE, MOST_ATTEMPTS, Challenge, OpenChallenge
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden
from mesange.kit.secrets import secret_hash
from mesange.kit.server import Server


class BeginAgain(Forbidden):
    public_text = "This took too long, or too many tries. Begin again."


async def open_challenge(server: Server, owner: str, purpose: Challenge, value: bytes, user_id: int | None) -> None:
    """Remember what the browser with this cookie was asked; an earlier question of the same kind is forgotten."""
    now = server.clock.now()
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM challenges WHERE expires_at <= ?", now)
        await tx.execute(
            "INSERT INTO challenges (owner_hash, purpose, user_id, value, attempts, expires_at) "
            "VALUES (?, ?, ?, ?, 0, ?) "
            "ON CONFLICT (owner_hash, purpose) DO UPDATE SET user_id = excluded.user_id, value = excluded.value, "
            "attempts = 0, expires_at = excluded.expires_at",
            secret_hash(owner),
            purpose.value,
            user_id,
            value,
            now + CHALLENGE_LIFE,
        )


async def count_attempt(server: Server, owner: str, purpose: Challenge) -> OpenChallenge:
    """One more try at it. Raises BeginAgain when there is none, or no try is left."""
    async with server.db.transaction() as tx:
        row = await tx.row(
            "UPDATE challenges SET attempts = attempts + 1 WHERE owner_hash = ? AND purpose = ? AND expires_at > ? "
            "AND attempts < ? RETURNING user_id, value, attempts",
            secret_hash(owner),
            purpose.value,
            server.clock.now(),
            MOST_ATTEMPTS,
        )
    if row is None:
        raise BeginAgain()
    return OpenChallenge(row[0], bytes(row[1]), row[2])


async def close_challenge(tx: Transaction, owner: str, purpose: Challenge) -> None:
    """It is answered. Raises BeginAgain for whoever answers it a second time."""
    if not await tx.execute(
        "DELETE FROM challenges WHERE owner_hash = ? AND purpose = ?", secret_hash(owner), purpose.value
    ):
        raise BeginAgain()

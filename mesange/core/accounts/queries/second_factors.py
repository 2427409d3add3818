"""Codes, passkeys, and what a browser is in the middle of."""

from mesange.core.accounts.model.second_factors import Challenge, OpenChallenge, Passkey, SecondFactor
from mesange.core.accounts.tables import passkeys, second_factors
from mesange.kit.db import Reader
from mesange.kit.secrets import secret_hash


async def has_second_factor(db: Reader, user_id: int) -> bool:
    found = await db.value(
        "SELECT 1 FROM users u WHERE u.id = ? AND (EXISTS (SELECT 1 FROM second_factors s WHERE s.user_id = u.id) "
        "OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id AND p.alarmed_at IS NULL))",
        user_id,
    )
    return found is not None


async def find_second_factor(db: Reader, user_id: int) -> SecondFactor | None:
    row = await db.row(f"SELECT {second_factors.columns} FROM second_factors WHERE user_id = ?", user_id)
    return second_factors.load(row) if row else None


async def count_recovery_codes(db: Reader, user_id: int) -> int:
    return await db.value("SELECT count(*) FROM recovery_codes WHERE user_id = ?", user_id) or 0


async def list_passkeys(db: Reader, user_id: int) -> list[Passkey]:
    """Oldest first; there are few."""
    rows = await db.rows(f"SELECT {passkeys.columns} FROM passkeys WHERE user_id = ? ORDER BY id", user_id)
    return [passkeys.load(row) for row in rows]


async def find_passkey(db: Reader, credential_id: bytes) -> Passkey | None:
    row = await db.row(f"SELECT {passkeys.columns} FROM passkeys WHERE credential_id = ?", credential_id)
    return passkeys.load(row) if row else None


async def find_challenge(db: Reader, owner: str, purpose: Challenge, now: int) -> OpenChallenge | None:
    """What this browser, known by the secret of its cookie, was asked and has not answered yet."""
    row = await db.row(
        "SELECT user_id, value, attempts FROM challenges WHERE owner_hash = ? AND purpose = ? AND expires_at > ?",
        secret_hash(owner),
        purpose.value,
        now,
    )
    return OpenChallenge(row[0], bytes(row[1]), row[2]) if row else None

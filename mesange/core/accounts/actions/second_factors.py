"""Writes of the second factor: codes of an application, recovery codes, the way back for whoever lost both."""

import hmac
import secrets
from base64 import b32encode
from typing import NamedTuple

from mesange.core.accounts.actions.challenges import close_challenge, count_attempt, open_challenge
from mesange.core.accounts.actions.letters import send_letter
from mesange.core.accounts.actions.sessions import end_all_access
from mesange.core.accounts.model import User
from mesange.core.accounts.model.second_factors import RECOVERY_CODES, Challenge, SecondFactor
from mesange.core.accounts.queries import find_second_factor, find_user
from mesange.core.accounts.tables import second_factors
from mesange.events.accounts import SecondFactorChanged
from mesange.kit.clock import SECOND
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.keys import seal, unseal
from mesange.kit.secrets import secret_hash
from mesange.kit.server import Server

PURPOSE = "codes"
STEP = 30 * SECOND
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class WrongCode(Invalid):
    public_text = "This code is not right, or was used already. Wait for the next one."

    def __init__(self) -> None:
        super().__init__(field="code")


class NewCodes(NamedTuple):
    """What an application of codes is given: the secret as people type it, and the address in the QR code."""

    secret: str
    address: str


async def begin_codes(server: Server, user: User, owner: str) -> NewCodes:
    """A secret for an application; it counts once the person has shown that the application makes good codes."""
    from pyotp.totp import TOTP

    secret = b32encode(secrets.token_bytes(20)).decode()
    await open_challenge(server, owner, Challenge.NEW_CODES, seal(server.settings, PURPOSE, secret.encode()), user.id)
    return NewCodes(secret, TOTP(secret, name=user.email, issuer=server.settings.title).provisioning_uri())


async def confirm_codes(server: Server, user: User, owner: str, code: str) -> list[str]:
    """From now on codes are asked at sign-in; the recovery codes, shown this once. Raises WrongCode, BeginAgain."""
    asked = await count_attempt(server, owner, Challenge.NEW_CODES)
    step = _step_of(server, asked.value, code)
    if step is None or asked.user_id != user.id:
        raise WrongCode()
    async with server.db.transaction() as tx:
        await close_challenge(tx, owner, Challenge.NEW_CODES)
        await tx.execute("DELETE FROM second_factors WHERE user_id = ?", user.id)
        await tx.insert(second_factors, SecondFactor(user.id, asked.value, server.clock.now(), step))
        codes = await _write_recovery_codes(tx, user.id)
        tx.emit(SecondFactorChanged(user_id=user.id))
        await send_letter(server, tx, user, "factor-on")
    return codes


async def renew_recovery_codes(server: Server, user: User) -> list[str]:
    """Ten new ones, shown this once; the earlier ones are worth nothing. Raises NotFound where no codes are asked."""
    if await find_second_factor(server.db, user.id) is None:
        raise NotFound()
    async with server.db.transaction() as tx:
        codes = await _write_recovery_codes(tx, user.id)
        await send_letter(server, tx, user, "recovery-new")
    return codes


async def remove_codes(server: Server, user: User) -> None:
    """No code is asked any more."""
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM second_factors WHERE user_id = ?", user.id)
        await tx.execute("DELETE FROM recovery_codes WHERE user_id = ?", user.id)
        tx.emit(SecondFactorChanged(user_id=user.id))
        await send_letter(server, tx, user, "factor-off")


async def begin_second_step(server: Server, user: User, owner: str) -> None:
    """The password was right; this browser has ten minutes and five tries for the code."""
    await open_challenge(server, owner, Challenge.SECOND_STEP, b"", user.id)


async def finish_second_step(server: Server, owner: str, code: str) -> User:
    """Who may come in now. Raises WrongCode, BeginAgain."""
    asked = await count_attempt(server, owner, Challenge.SECOND_STEP)
    user = await find_user(server.db, asked.user_id or 0)
    if user is None or user.disabled_at:
        raise WrongCode()
    await check_code(server, user, code)
    async with server.db.transaction() as tx:
        await close_challenge(tx, owner, Challenge.SECOND_STEP)
    return user


async def check_code(server: Server, user: User, code: str) -> None:
    """Take a code of the application, or a recovery code; each is good once. Raises WrongCode."""
    factor = await find_second_factor(server.db, user.id)
    if factor is None:
        raise WrongCode()
    step = _step_of(server, factor.sealed_secret, code)
    async with server.db.transaction() as tx:
        if step is not None:
            taken = await tx.execute(
                "UPDATE second_factors SET last_step = ? WHERE user_id = ? AND last_step < ?", step, user.id, step
            )
        else:
            taken = await tx.execute("DELETE FROM recovery_codes WHERE code_hash = ?", _recovery_hash(user.id, code))
            if taken:
                await send_letter(server, tx, user, "recovery-used")
        if not taken:
            raise WrongCode()


async def reset_second_factors(server: Server, user: User) -> None:
    """Take codes and passkeys off a login whose person lost them; every session and token of it ends.

    Only whoever keeps the server can do it: they make sure first that it is the person who asks.
    """
    async with server.db.transaction() as tx:
        for table in ("second_factors", "recovery_codes", "passkeys"):
            await tx.execute(f"DELETE FROM {table} WHERE user_id = ?", user.id)
        tx.emit(SecondFactorChanged(user_id=user.id))
        await end_all_access(tx, user.id)
        await send_letter(server, tx, user, "factors-reset")


def _step_of(server: Server, sealed_secret: bytes, code: str) -> int | None:
    """The step to which the code belongs: this one, or a neighbour, for clocks are never quite equal."""
    from pyotp.totp import TOTP

    typed = "".join(code.split())
    if len(typed) != 6 or not (typed.isascii() and typed.isdigit()):
        return None
    codes = TOTP(unseal(server.settings, PURPOSE, sealed_secret).decode())
    now = server.clock.now() // STEP
    good = [step for step in (now - 1, now, now + 1) if hmac.compare_digest(codes.generate_otp(step), typed)]
    return good[0] if good else None


async def _write_recovery_codes(tx: Transaction, user_id: int) -> list[str]:
    codes = ["-".join(_word() for _ in range(3)) for _ in range(RECOVERY_CODES)]
    await tx.execute("DELETE FROM recovery_codes WHERE user_id = ?", user_id)
    for code in codes:
        await tx.execute(
            "INSERT INTO recovery_codes (code_hash, user_id) VALUES (?, ?)", _recovery_hash(user_id, code), user_id
        )
    return codes


def _word() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(4))


def _recovery_hash(user_id: int, code: str) -> bytes:
    plain = "".join(sign for sign in code.lower()[:100] if sign.isalnum())
    return secret_hash(f"{user_id} {plain}")

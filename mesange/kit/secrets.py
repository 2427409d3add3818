"""Secrets that we hand out: random, shown once, stored as their SHA-256."""

import asyncio
import hashlib
import secrets
from functools import lru_cache
from typing import Any

HASHES_AT_ONCE = 2


def new_secret() -> str:
    """43 signs, 256 bits."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


class Passwords:
    """argon2id at 19 MiB, two passes, in threads: at most two at once, so that a flood of sign-ins takes no memory."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(HASHES_AT_ONCE)

    async def hash(self, password: str) -> str:
        async with self._free:
            return await asyncio.to_thread(_hasher().hash, password)

    async def matches(self, password_hash: str, password: str) -> bool:
        """False also for a missing hash, in the same time."""
        async with self._free:
            return await asyncio.to_thread(_matches, password_hash or _nobody(), password)


@lru_cache
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@lru_cache
def _nobody() -> str:
    return _hasher().hash(new_secret())


def _matches(password_hash: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False

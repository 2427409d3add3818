"""Secrets and passwords."""

import asyncio
import time

from mesange.kit.secrets import HASHES_AT_ONCE, Passwords, new_secret, secret_hash


def test_secrets_are_long_different_and_fit_for_a_link() -> None:
    secrets = {new_secret() for _ in range(1_000)}
    assert len(secrets) == 1_000
    assert all(len(secret) == 43 and secret.replace("-", "").replace("_", "").isalnum() for secret in secrets)


def test_a_secret_is_stored_as_its_hash() -> None:
    assert secret_hash("a").hex() == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    assert len(secret_hash("half a pair \ud83d")) == 32


async def test_a_password_matches_itself_only() -> None:
    passwords = Passwords()
    stored = await passwords.hash("mésange bleue")
    assert stored.startswith("$argon2id$") and "m=19456,t=2,p=1" in stored
    assert stored != await passwords.hash("mésange bleue"), "salted"
    assert await passwords.matches(stored, "mésange bleue")
    for wrong in ("mesange bleue", "", "x" * 10_000):
        assert not await passwords.matches(stored, wrong)
    assert not await passwords.matches("", "anything")
    assert not await passwords.matches("no hash at all", "anything")


async def test_a_flood_of_sign_ins_leaves_the_loop_free() -> None:
    passwords = Passwords()
    flood = asyncio.gather(*(passwords.matches("", "guess") for _ in range(HASHES_AT_ONCE * 4)))
    longest, before = 0.0, time.perf_counter()
    while not flood.done():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    assert await flood == [False] * HASHES_AT_ONCE * 4
    assert longest < 0.5

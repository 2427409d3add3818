"""Secrets and passwords."""

import asyncio

from mesange.kit.secrets import HASHES_AT_ONCE, Passwords, new_secret, secret_hash
from tests.costs import watched_loop


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
    async with watched_loop() as watch:
        flood = await asyncio.gather(*(passwords.matches("", "guess") for _ in range(HASHES_AT_ONCE * 4)))
    assert flood == [False] * HASHES_AT_ONCE * 4
    assert watch.longest < 0.02, "a hash takes longer than that"

"""A log that tells when somebody has been at it."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesange.kit.paging import Page
from mesange.kit.scopelog import (
    EntryFilter,
    Fact,
    SignedHead,
    append,
    first_broken,
    holds_head,
    list_entries,
    signed_head,
)
from mesange.kit.server import Server
from mesange.kit.signing import is_signed, signer_in

SCOPE = "a scope"


async def write(server: Server, count: int, scope: str = SCOPE) -> None:
    for number in range(count):
        async with server.db.transaction() as tx:
            await append(tx, scope, 1_000 + number, Fact(f"kind{number % 2}", number % 3, f"thing:{number}"))


async def test_entries_are_numbered_without_a_gap_and_listed_newest_first(server: Server) -> None:
    await write(server, 5)
    await write(server, 2, "another")
    found = await list_entries(server.db, SCOPE, Page(), EntryFilter())
    assert [entry.number for entry in found] == [5, 4, 3, 2, 1]
    assert await first_broken(server.db, SCOPE) == await first_broken(server.db, "another") == 0


async def test_entries_are_found_by_who_what_and_about_what(server: Server) -> None:
    await write(server, 6)

    async def numbers(**only: str | int) -> list[int]:
        return [each.number for each in await list_entries(server.db, SCOPE, Page(), EntryFilter(**only))]  # type: ignore[arg-type]

    assert await numbers(kind="kind0") == [5, 3, 1]
    assert await numbers(actor_id=2) == [6, 3]
    assert await numbers(subject="thing:4") == [5]
    assert await numbers(kind="kind1", actor_id=1) == [2]


async def test_an_act_that_is_undone_leaves_no_entry(server: Server) -> None:
    await write(server, 1)
    with suppress(RuntimeError):
        async with server.db.transaction() as tx:
            await append(tx, SCOPE, 1, Fact("never", 1, "thing"))
            raise RuntimeError
    await write(server, 1)
    assert await first_broken(server.db, SCOPE) == 0


TAMPERING = [
    "UPDATE scope_entries SET body = '{\"x\":1}' WHERE number = 3",
    "UPDATE scope_entries SET actor_id = 9 WHERE number = 3",
    "UPDATE scope_entries SET at = at + 1 WHERE number = 3",
    "UPDATE scope_entries SET subject = 'thing:9' WHERE number = 3",
    "DELETE FROM scope_entries WHERE number = 3",
]


@pytest.mark.parametrize("change", TAMPERING)
async def test_any_change_breaks_the_chain_where_it_was_made(server: Server, change: str) -> None:
    await write(server, 5)
    async with server.db.transaction() as tx:
        await tx.execute(change)
    assert await first_broken(server.db, SCOPE) == 3


async def test_a_missing_end_is_noticed(server: Server) -> None:
    await write(server, 5)
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM scope_entries WHERE number = 5")
    assert await first_broken(server.db, SCOPE) == 5


async def test_a_log_written_anew_does_not_meet_the_head_signed_before(server: Server, tmp_path: Path) -> None:
    signer = signer_in(tmp_path)
    await write(server, 4)
    head = await signed_head(server.db, signer, SCOPE, at=5)
    await write(server, 3)
    assert await holds_head(server.db, head, signer.public_key)
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM scope_entries")
        await tx.execute("DELETE FROM scope_heads")
    await write(server, 3)
    async with server.db.transaction() as tx:
        await append(tx, SCOPE, 1_003, Fact("kind1", 0, "another thing"))
    assert await first_broken(server.db, SCOPE) == 0
    assert not await holds_head(server.db, head, signer.public_key)


async def test_a_forged_head_is_no_head(server: Server, tmp_path: Path) -> None:
    await write(server, 2)
    ours, theirs = signer_in(tmp_path / "ours"), signer_in(tmp_path / "theirs")
    forged = await signed_head(server.db, theirs, SCOPE, at=1)
    assert not await holds_head(server.db, forged, ours.public_key)
    assert isinstance(forged, SignedHead)


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = signer_in(tmp_path)
    assert signer_in(tmp_path).public_key == first.public_key
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    files = list((tmp_path / "keys").iterdir())
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600]


@given(message=st.binary(max_size=50), at=st.integers(0, 49))
@settings(max_examples=30)
def test_a_signature_is_for_one_message(tmp_path_factory: pytest.TempPathFactory, message: bytes, at: int) -> None:
    signer = signer_in(tmp_path_factory.mktemp("key"))
    signature = signer.sign(message)
    assert is_signed(message, signature, signer.public_key)
    assert not is_signed(message + b"!", signature, signer.public_key)
    assert not is_signed(message, signature[:at] + b"x" + signature[at + 1 :] + b"", signer.public_key) or (
        signature[at : at + 1] == b"x"
    )


async def test_many_who_write_at_once_form_one_chain(server: Server) -> None:
    await asyncio.gather(*(write(server, 5) for _ in range(8)))
    found = await list_entries(server.db, SCOPE, Page(limit=100), EntryFilter())
    assert [entry.number for entry in found] == list(range(40, 0, -1))
    assert await first_broken(server.db, SCOPE) == 0

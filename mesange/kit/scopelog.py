"""Append-only logs, one per scope: each entry carries the hash of the one before it, and the head can be signed.

Whoever changes, drops or inserts an entry breaks the chain from there on; whoever rewrites the whole chain no longer
meets a head that was signed before and kept elsewhere.
"""

import hashlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace

import msgspec

from mesange.kit.db import Reader, Transaction, Value
from mesange.kit.paging import Page
from mesange.kit.signing import Signer, is_signed

FIRST = b"\0" * 32
BATCH = 1_000
COLUMNS = "scope, number, at, kind, actor_id, subject, body, hash"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is noted: who (`actor_id`, 0 for the program) did which kind of thing to what, and all about it as JSON."""

    kind: str
    actor_id: int
    subject: str
    body: str = "{}"


@dataclass(frozen=True, slots=True)
class Entry:
    """`number` counts from 1 without a gap; `hash` binds all fields and the entry before."""

    scope: str
    number: int
    at: int
    kind: str
    actor_id: int
    subject: str
    body: str
    hash: bytes

    def hash_after(self, previous: bytes) -> bytes:
        fields = [self.scope, self.number, self.at, self.kind, self.actor_id, self.subject, self.body]
        return hashlib.sha256(previous + msgspec.json.encode(fields)).digest()


async def append(tx: Transaction, scope: str, at: int, fact: Fact) -> Entry:
    """Note a fact, in the transaction that makes it true; writers of one scope wait for one another."""
    await tx.execute(
        "INSERT INTO scope_heads (scope, number, hash) VALUES (?, 0, ?) ON CONFLICT DO NOTHING", scope, FIRST
    )
    head = await tx.row("SELECT number, hash FROM scope_heads WHERE scope = ? FOR UPDATE", scope)
    number, previous = head or (0, FIRST)
    bare = Entry(scope, number + 1, at, fact.kind, fact.actor_id, fact.subject, fact.body, b"")
    entry = replace(bare, hash=bare.hash_after(bytes(previous)))
    await tx.execute(
        f"INSERT INTO scope_entries ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        entry.scope, entry.number, entry.at, entry.kind, entry.actor_id, entry.subject, entry.body, entry.hash,
    )  # fmt: skip
    await tx.execute("UPDATE scope_heads SET number = ?, hash = ? WHERE scope = ?", entry.number, entry.hash, scope)
    return entry


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What is left empty is not asked for; `since` and `until` (excluded) are moments in milliseconds."""

    kind: str = ""
    actor_id: int = 0
    subject: str = ""
    since: int = 0
    until: int = 0

    def conditions(self) -> tuple[list[str], list[Value]]:
        asked = (
            ("kind = ?", self.kind),
            ("actor_id = ?", self.actor_id),
            ("subject = ?", self.subject),
            ("at >= ?", self.since),
            ("at < ?", self.until),
        )
        return [condition for condition, wanted in asked if wanted], [wanted for _, wanted in asked if wanted]


async def list_entries(db: Reader, scope: str, page: Page, only: EntryFilter) -> list[Entry]:
    """Newest first; page by the number."""
    conditions, values = only.conditions()
    where = ["scope = ?", "number < ?", "number > ?", *conditions]
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM scope_entries WHERE {' AND '.join(where)} ORDER BY number {page.order} LIMIT ?",
        scope,
        page.below,
        page.above,
        *values,
        page.limit,
    )
    return page.newest_first([_loaded(row) for row in rows])


async def read_entries(db: Reader, scope: str, only: EntryFilter, until: int) -> AsyncGenerator[Entry]:
    """From the first one on, up to number `until`, a batch in memory at a time: to be written to a file."""
    conditions, values = only.conditions()
    where, number = ["scope = ?", "number > ?", "number <= ?", *conditions], 0
    while True:
        rows = await db.rows(
            f"SELECT {COLUMNS} FROM scope_entries WHERE {' AND '.join(where)} ORDER BY number LIMIT ?",
            scope, number, until, *values, BATCH,
        )  # fmt: skip
        for entry in map(_loaded, rows):
            number = entry.number
            yield entry
        if len(rows) < BATCH:
            return


async def first_broken(db: Reader, scope: str) -> int:
    """Number of the first entry that is not as it was written, or that is missing; 0 when the whole chain holds."""
    number, previous = 0, FIRST
    while True:
        rows = await db.rows(
            f"SELECT {COLUMNS} FROM scope_entries WHERE scope = ? AND number > ? ORDER BY number LIMIT ?",
            scope, number, BATCH,
        )  # fmt: skip
        for entry in map(_loaded, rows):
            if entry.number != number + 1 or entry.hash != entry.hash_after(previous):
                return number + 1
            number, previous = entry.number, entry.hash
        if len(rows) < BATCH:
            head = await db.row("SELECT number, hash FROM scope_heads WHERE scope = ?", scope) or (0, FIRST)
            return 0 if (head[0], bytes(head[1])) == (number, previous) else number + 1


class SignedHead(msgspec.Struct, frozen=True):
    """How far a log had come at a time, vouched for by this server's key; hash, key and signature in hexadecimal."""

    scope: str
    number: int
    hash: str
    at: int
    public_key: str
    signature: str

    @property
    def message(self) -> bytes:
        return msgspec.json.encode([self.scope, self.number, self.hash, self.at])


async def signed_head(db: Reader, signer: Signer, scope: str, at: int) -> SignedHead:
    number, last = await db.row("SELECT number, hash FROM scope_heads WHERE scope = ?", scope) or (0, FIRST)
    bare = SignedHead(scope, number, bytes(last).hex(), at, signer.public_key.hex(), "")
    return msgspec.structs.replace(bare, signature=signer.sign(bare.message).hex())


async def holds_head(db: Reader, head: SignedHead, public_key: bytes) -> bool:
    """Whether the log still goes through a head that was signed before: nothing up to it was rewritten since."""
    if not is_signed(head.message, bytes.fromhex(head.signature), public_key):
        return False
    found = await db.value("SELECT hash FROM scope_entries WHERE scope = ? AND number = ?", head.scope, head.number)
    return bytes(found or FIRST).hex() == head.hash


def _loaded(row: tuple[object, ...]) -> Entry:
    *fields, last = row
    return Entry(*fields, bytes(last))  # type: ignore[arg-type]  # a row is of any length

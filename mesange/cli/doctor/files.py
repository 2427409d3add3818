"""Stored files beside the rows that need them: a part of all names at a time, so that memory stays bounded."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mesange.cli.doctor.finding import Finding
from mesange.kit.clock import HOUR
from mesange.kit.server import Server

NEED = (
    ("media_attachments", "file"), ("media_attachments", "preview"), ("accounts", "avatar"), ("accounts", "header"),
    ("custom_emojis", "image"), ("fetched_files", "name"),
)  # fmt: skip
"""Columns that name stored files."""
AT_ONCE = 100_000
YOUNG = HOUR
"""What was written so lately may still get its row."""
SHOWN = 3


@dataclass
class Orphans:
    """How many files nobody needs, and how many rows lack theirs; some of these by name."""

    files: int = 0
    rows: int = 0
    lost: list[str] = field(default_factory=list[str])


async def look_at_files(server: Server, *, repair: bool) -> list[Finding]:
    found = Orphans()
    for first, below in _parts(await _count(server)):
        await _compare(server, first, below, found, repair=repair)
    if repair:
        orphans = Finding(f"stored files that nobody needs, left to the server to delete: {found.files}")
    else:
        remedy = "`mesange doctor --repair` has them deleted." if found.files else ""
        orphans = Finding(f"stored files that nobody needs: {found.files}", remedy)
    lost = f"Bring them back from a backup: {', '.join(found.lost)}." if found.rows else ""
    return [orphans, Finding(f"files that are needed and not there: {found.rows}", lost)]


async def _count(server: Server) -> int:
    """Rows that may name a file: each has at most two."""
    tables = {table for table, _ in NEED}
    return sum([await server.db.value(f"SELECT count(*) FROM {table}") for table in sorted(tables)])


def _parts(rows: int) -> Iterator[tuple[str, str]]:
    """Names begin with a random number, so as many lie in each part."""
    digits = 0
    while rows >> 4 * digits > AT_ONCE:
        digits += 1
    many = 1 << 4 * digits
    for number in range(many):
        first = f"{number:0{digits}x}" if digits else ""
        yield first, f"{number + 1:0{digits}x}" if number + 1 < many else ""


async def _compare(server: Server, first: str, below: str, found: Orphans, *, repair: bool) -> None:
    from mesange.core.media.actions.files import doom_files

    needed, doomed = await _needed(server, first, below), await _doomed(server, first, below)
    known, before = needed | doomed, server.clock.now() - YOUNG
    async for portion in server.media.files(first, below):
        orphans = [file.name for file in portion if file.name not in known and file.written_at < before]
        needed -= {file.name for file in portion}
        found.files += len(orphans)
        if repair and orphans:
            async with server.db.transaction() as tx:
                await doom_files(server, tx, orphans)
    for name in sorted(needed & await _needed(server, first, below) if needed else ()):
        if await server.media.size(name) is None:
            found.rows += 1
            found.lost = [*found.lost, name][:SHOWN]


async def _needed(server: Server, first: str, below: str) -> set[str]:
    names = " UNION ALL ".join(f"SELECT {column} AS name FROM {table} WHERE {column} <> ''" for table, column in NEED)
    return await _names(server, f"({names}) needed", first, below)


async def _doomed(server: Server, first: str, below: str) -> set[str]:
    return await _names(server, "doomed_files", first, below)


async def _names(server: Server, where: str, first: str, below: str) -> set[str]:
    end, values = (" AND name COLLATE BYTES < ?", (first, below)) if below else ("", (first,))
    rows = await server.db.rows(f"SELECT name FROM {where} WHERE name COLLATE BYTES >= ?{end}", *values)
    return {name for (name,) in rows}

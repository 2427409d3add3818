"""Stored files and the promise that none stays behind: a name is doomed until a row that needs it is committed."""

from collections.abc import Iterable
from pathlib import Path

from mesange.kit.clock import HOUR
from mesange.kit.db import Transaction
from mesange.kit.errors import NoRoom
from mesange.kit.media import new_name
from mesange.kit.server import Server

CLAIM_LIFE = HOUR
MOST_AT_ONCE = 200


async def store_file(server: Server, content: bytes | Path, media_type: str) -> str:
    """A new file's name. Within an hour, the transaction that needs it calls `keep_files`, or it goes again.

    Raises NoRoom, Unavailable.
    """
    await check_space(server)
    name = new_name(media_type)
    async with server.db.transaction() as tx:
        await _doom(tx, [name], server.clock.now() + CLAIM_LIFE)
    await server.media.put(name, content)
    return name


async def check_space(server: Server) -> None:
    """Raises NoRoom when fewer bytes are free than the settings want."""
    free = await server.media.free_space()
    if free is not None and free < server.settings.media_free_space:
        raise NoRoom()


async def keep_files(tx: Transaction, names: Iterable[str]) -> None:
    """These are needed from this commit on."""
    await tx.execute("DELETE FROM doomed_files WHERE name = ANY(?)", list(names))


async def doom_files(server: Server, tx: Transaction, names: Iterable[str]) -> None:
    """Nobody needs these from this commit on; "" is fine."""
    await _doom(tx, [name for name in names if name], server.clock.now())


async def _doom(tx: Transaction, names: list[str], due_at: int) -> None:
    for name in names:
        await tx.execute(
            "INSERT INTO doomed_files (name, due_at) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET due_at = excluded.due_at",
            name,
            due_at,
        )


async def delete_doomed(server: Server) -> None:
    """Delete what is due; what cannot be deleted now is tried again."""
    rows = await server.db.rows(
        "SELECT name FROM doomed_files WHERE due_at <= ? ORDER BY due_at LIMIT ?", server.clock.now(), MOST_AT_ONCE
    )
    names: list[str] = [name for (name,) in rows]
    for name in names:
        await server.media.delete(name)
    if names:
        async with server.db.transaction() as tx:
            await keep_files(tx, names)

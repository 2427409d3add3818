"""Files that came from elsewhere and can be fetched again."""

from mesange.core.media.actions.files import doom_files, keep_files, store_file
from mesange.kit.server import Server


async def store_fetched(server: Server, content: bytes, media_type: str, fetched_from: str) -> str:
    """The new file's name, until `forget_fetched`. Raises NoSpace, Unavailable."""
    name = await store_file(server, content, media_type)
    async with server.db.transaction() as tx:
        await keep_files(tx, [name])
        await tx.execute(
            "INSERT INTO fetched_files (name, fetched_from, size, used_at) VALUES (?, ?, ?, ?)",
            name,
            fetched_from,
            len(content),
            server.clock.now(),
        )
    return name


async def forget_fetched(server: Server, name: str) -> None:
    """Nobody shows it any more; "" is fine."""
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM fetched_files WHERE name = ?", name)
        await doom_files(server, tx, [name])

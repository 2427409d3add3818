"""Files that came from elsewhere and can be fetched again."""

from mesange.core.media.actions.files import doom_files, keep_files, store_file
from mesange.core.media.memory import MOST_NOTED, MediaUses
from mesange.events.media import FetchedFileEvicted
from mesange.kit.recent import Recent
from mesange.kit.server import Server

MOST_EVICTED = 1_000


async def store_fetched(server: Server, content: bytes, media_type: str, fetched_from: str) -> str:
    """The new file's name, until `forget_fetched`. Raises NoRoom, Unavailable."""
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


async def write_uses(server: Server) -> None:
    """Note which files were looked at since the last time."""
    used, server.of(MediaUses).used = server.of(MediaUses).used, Recent(MOST_NOTED)
    if used:
        async with server.db.transaction() as tx:
            for name, at in used.items():
                await tx.execute("UPDATE fetched_files SET used_at = ? WHERE name = ?", at, name)


async def evict_fetched(server: Server) -> None:
    """Make room: what nobody looked at for longest goes, down to nine tenths of what may be kept."""
    held = int(await server.db.value("SELECT coalesce(sum(size), 0) FROM fetched_files") or 0)
    if held <= server.settings.media_bytes_fetched:
        return
    surplus = held - server.settings.media_bytes_fetched * 9 // 10
    rows = await server.db.rows("SELECT name, size FROM fetched_files ORDER BY used_at LIMIT ?", MOST_EVICTED)
    going: list[str] = []
    for name, size in rows:
        if surplus > 0:
            going.append(name)
            surplus -= size
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM fetched_files WHERE name = ANY(?)", going)
        await doom_files(server, tx, going)
        for name in going:
            tx.emit(FetchedFileEvicted(name=name))


async def forget_fetched(server: Server, name: str) -> None:
    """Nobody shows it any more; "" is fine."""
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM fetched_files WHERE name = ?", name)
        await doom_files(server, tx, [name])

"""Asking for an archive, fetching it once, and what happens to it afterwards."""

import asyncio
from pathlib import Path

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.accounts.queries import get_account
from mesange.core.archives.model import LINK_LIFE, Archive, TooSoon, Work
from mesange.core.archives.queries import may_take_along
from mesange.core.archives.tables import archives
from mesange.kit.clock import DAY
from mesange.kit.errors import Forbidden, NotFound
from mesange.kit.secrets import new_secret, secret_hash
from mesange.kit.server import Server
from mesange.kit.settings import Settings


def archive_path(settings: Settings, file: str) -> Path:
    return settings.data / "archives" / file


async def ask_archive(server: Server, viewer: Viewer) -> Archive:
    """Have an archive of the account made. Raises Forbidden for who only works for it, TooSoon."""
    account_id = acting_account(viewer)
    account = await get_account(server, account_id)
    if not await may_take_along(server.db, viewer, account):
        raise Forbidden("Only the owner of this account takes its archive.")
    archive = Archive(server.ids.next(), account_id, viewer.user_id, Work.ASKED, f"{new_secret()}.zip")
    since = archive.created_at - server.settings.archive_days * DAY
    async with server.db.transaction() as tx:
        await tx.row("SELECT id FROM accounts WHERE id = ? FOR UPDATE", account_id)
        newest = await tx.row(
            f"SELECT {archives.columns} FROM archives WHERE account_id = ? AND state <> ? ORDER BY id DESC LIMIT 1",
            account_id,
            Work.FAILED.value,
        )
        if newest and archives.load(newest).created_at > since:
            raise TooSoon()
        await tx.insert(archives, archive)
    return archive


async def offer_download(server: Server, viewer: Viewer, archive_id: int) -> str:
    """The secret of a link to the archive: good once, for a few minutes, for this login. Raises NotFound."""
    secret, now = new_secret(), server.clock.now()
    async with server.db.transaction() as tx:
        ready = await tx.value(
            "SELECT 1 FROM archives WHERE id = ? AND user_id = ? AND state = ?",
            archive_id,
            viewer.user_id,
            Work.READY.value,
        )
        if not ready:
            raise NotFound()
        await tx.execute("DELETE FROM archive_links WHERE archive_id = ? OR expires_at < ?", archive_id, now)
        await tx.execute(
            "INSERT INTO archive_links (secret_hash, archive_id, user_id, expires_at) VALUES (?, ?, ?, ?)",
            secret_hash(secret),
            archive_id,
            viewer.user_id,
            now + LINK_LIFE,
        )
    return secret


async def use_download(server: Server, viewer: Viewer, secret: str) -> Archive:
    """The archive of a link, which is used up. Raises NotFound, the same for wrong, old, used and others' links."""
    async with server.db.transaction() as tx:
        archive_id = await tx.value(
            "DELETE FROM archive_links WHERE secret_hash = ? AND user_id = ? AND expires_at > ? RETURNING archive_id",
            secret_hash(secret),
            viewer.user_id,
            server.clock.now(),
        )
        row = await tx.row(
            f"SELECT {archives.columns} FROM archives WHERE id = ? AND state = ?", archive_id or 0, Work.READY.value
        )
    if row is None:
        raise NotFound()
    return archives.load(row)


async def remove_old_archives(server: Server) -> None:
    """Archives past their days go from the disk."""
    async with server.db.transaction() as tx:
        rows = await tx.rows(
            "UPDATE archives SET state = ?, expires_at = NULL WHERE expires_at < ? RETURNING file",
            Work.GONE.value,
            server.clock.now(),
        )
    for (file,) in rows:
        await asyncio.to_thread(archive_path(server.settings, file).unlink, missing_ok=True)

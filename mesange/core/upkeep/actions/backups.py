"""Taking backups: asked for by a person or by the schedule, made by a job, kept until one of the two ends it."""

import asyncio
import shutil
from pathlib import Path

from mesange.core.accounts.model import Viewer
from mesange.core.moderation.actions.log import note_act
from mesange.core.upkeep.model import STALE_AFTER, Backup, BackupState
from mesange.core.upkeep.queries.backups import get_backup
from mesange.core.upkeep.queries.figures import media_bytes
from mesange.core.upkeep.tables import backups
from mesange.kit.backup import MadeAgain
from mesange.kit.backup.apart import BackupFailed, take_apart
from mesange.kit.clock import DAY, HOUR, iso_date
from mesange.kit.db import Transaction
from mesange.kit.errors import Conflict, NotFound
from mesange.kit.logging import log
from mesange.kit.secrets import new_secret
from mesange.kit.server import Server

LIMIT_SECONDS = 6 * 3_600.0
NO_ROOM = "there is too little room on the disk for it."
TOO_LONG = "it took longer than six hours."


def backup_path(server: Server, backup: Backup) -> Path:
    return server.settings.data / "backups" / backup.file


async def ask_backup(server: Server, viewer: Viewer) -> Backup:
    """Have a backup taken. Raises Conflict while one is being taken."""
    async with server.db.transaction() as tx:
        if await tx.value("SELECT 1 FROM backups WHERE state IN ('asked', 'making')"):
            raise Conflict("A backup is being taken already.")
        backup = await _insert(server, tx, viewer.account_id)
        await note_act(server, tx, viewer, "backup asked", f"backup:{backup.id}")
    return backup


async def _insert(server: Server, tx: Transaction, asked_by: int) -> Backup:
    id, day = server.ids.next(), iso_date(server.clock.now())
    backup = Backup(id, BackupState.ASKED, f"mesange-{day}-{new_secret()[:8]}.tar", asked_by)
    await tx.insert(backups, backup)
    return backup


async def delete_backup(server: Server, viewer: Viewer, backup_id: int) -> None:
    """The file goes with its row. Raises NotFound, Conflict while it is being taken."""
    backup = await get_backup(server.db, backup_id)
    async with server.db.transaction() as tx:
        if not await tx.execute("DELETE FROM backups WHERE id = ? AND state IN ('ready', 'failed')", backup_id):
            raise Conflict("A backup is being taken already.")
        await note_act(server, tx, viewer, "backup deleted", f"backup:{backup_id}", file=backup.file)
    await asyncio.to_thread(backup_path(server, backup).unlink, missing_ok=True)


async def plan_backups(server: Server) -> None:
    """Ask for the schedule's next backup when it is due; an hour after one that failed, again."""
    days, now = server.settings.backup_days, server.clock.now()
    if not days:
        return
    async with server.db.transaction() as tx:
        rows = await tx.rows(f"SELECT {backups.columns} FROM backups WHERE asked_by = 0 ORDER BY id DESC LIMIT 1")
        newest = backups.load(rows[0]) if rows else None
        pause = HOUR if newest and newest.state is BackupState.FAILED else days * DAY
        if newest is None or newest.asked_at <= now - pause:
            await _insert(server, tx, 0)


async def make_backups(server: Server) -> None:
    """Take every backup that waits, one after the other."""
    while backup := await _claimed(server):
        try:
            await _make(server, backup)
        except (BackupFailed, OSError, TimeoutError) as error:
            log.warning("backup failed", backup=backup.id, error=str(error))
            await _end(server, backup, BackupState.FAILED, str(error) or TOO_LONG)
        else:
            await _end(server, backup, BackupState.READY)
            if not backup.asked_by:
                await _delete_surplus(server)


async def _claimed(server: Server) -> Backup | None:
    now = server.clock.now()
    async with server.db.transaction() as tx:
        row = await tx.row(
            f"SELECT {backups.columns} FROM backups WHERE state IN ('asked', 'making') "
            "AND (claimed_at IS NULL OR claimed_at < ?) ORDER BY id LIMIT 1 FOR UPDATE",
            now - STALE_AFTER,
        )
        if row is None:
            return None
        await tx.execute("UPDATE backups SET state = 'making', claimed_at = ? WHERE id = ?", now, row[0])
    return backups.load(row)


async def _make(server: Server, backup: Backup) -> None:
    path = backup_path(server, backup)
    path.parent.mkdir(exist_ok=True, mode=0o700)
    expected = await server.db.size() + await media_bytes(server)
    if shutil.disk_usage(path.parent).free - expected < server.settings.media_free_space:
        raise BackupFailed(NO_ROOM)

    async def tell(written: int) -> None:
        async with server.db.transaction() as tx:
            await tx.execute(
                "UPDATE backups SET claimed_at = ?, written = ?, expected = ? WHERE id = ?",
                server.clock.now(),
                written,
                max(expected, written),
                backup.id,
            )

    async with asyncio.timeout(LIMIT_SECONDS):
        await take_apart(server.settings, path, server.of(MadeAgain).tables, tell)


async def _end(server: Server, backup: Backup, state: BackupState, failure: str = "") -> None:
    path = backup_path(server, backup)
    size = path.stat().st_size if state is BackupState.READY else 0
    async with server.db.transaction() as tx:
        await tx.execute(
            "UPDATE backups SET state = ?, written = ?, ended_at = ?, failure = ?, claimed_at = NULL WHERE id = ?",
            state.value,
            size,
            server.clock.now(),
            failure[:300],
            backup.id,
        )


async def _delete_surplus(server: Server) -> None:
    """Of the schedule's backups, the newest ones stay; those that a person asked for are that person's to delete."""
    async with server.db.transaction() as tx:
        rows = await tx.rows(
            f"SELECT {backups.columns} FROM backups WHERE asked_by = 0 AND state IN ('ready', 'failed') "
            "ORDER BY CASE WHEN state = 'ready' THEN 0 ELSE 1 END, id DESC LIMIT 1000"
        )
        surplus = [backups.load(row) for row in rows][server.settings.backups_kept :]
        for backup in surplus:
            await tx.execute("DELETE FROM backups WHERE id = ?", backup.id)
    for backup in surplus:
        await asyncio.to_thread(backup_path(server, backup).unlink, missing_ok=True)


async def fetch_backup(server: Server, viewer: Viewer, backup_id: int) -> Path:
    """The file of a verified backup, for a download that the log of acts tells of. Raises NotFound."""
    backup = await get_backup(server.db, backup_id)
    path = backup_path(server, backup)
    if backup.state is not BackupState.READY or not path.is_file():
        raise NotFound("This backup is not on this machine.")
    async with server.db.transaction() as tx:
        await note_act(server, tx, viewer, "backup fetched", f"backup:{backup_id}", file=backup.file)
    return path

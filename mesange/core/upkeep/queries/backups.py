"""Backups."""

from mesange.core.upkeep.model import Backup
from mesange.core.upkeep.tables import backups
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound

MOST_SHOWN = 200


async def get_backup(db: Reader, backup_id: int) -> Backup:
    row = await db.row(f"SELECT {backups.columns} FROM backups WHERE id = ?", backup_id)
    if row is None:
        raise NotFound()
    return backups.load(row)


async def list_backups(db: Reader) -> list[Backup]:
    """Newest first."""
    rows = await db.rows(f"SELECT {backups.columns} FROM backups ORDER BY id DESC LIMIT ?", MOST_SHOWN)
    return [backups.load(row) for row in rows]

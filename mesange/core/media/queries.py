"""Reads of media."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer
from mesange.core.media.model import MediaAttachment
from mesange.core.media.tables import media_attachments
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound


async def get_media(db: Reader, viewer: Viewer, media_id: int) -> MediaAttachment:
    """One's own file, attached or not. Raises NotFound."""
    row = await db.row(
        f"SELECT {media_attachments.columns} FROM media_attachments WHERE id = ? AND account_id = ?",
        media_id,
        viewer.account_id,
    )
    if row is None:
        raise NotFound()
    return media_attachments.load(row)


async def list_media(db: Reader, viewer: Viewer, ids: Sequence[int]) -> list[MediaAttachment]:
    """One's own files, in the order asked; unknown ones are missing."""
    rows = await db.rows(
        f"SELECT {media_attachments.columns} FROM media_attachments WHERE id = ANY(?) AND account_id = ?",
        list(ids),
        viewer.account_id,
    )
    found = {media.id: media for media in map(media_attachments.load, rows)}
    return [found[id] for id in ids if id in found]


async def load_media(db: Reader, status_ids: Sequence[int]) -> dict[int, list[MediaAttachment]]:
    """What each status carries now, in its order, whoever may see it: the caller has asked for that."""
    if not status_ids:
        return {}
    rows = await db.rows(
        f"SELECT {media_attachments.columns} FROM media_attachments "
        "WHERE status_id = ANY(?) AND position IS NOT NULL ORDER BY position",
        list(status_ids),
    )
    found: dict[int, list[MediaAttachment]] = {}
    for media in map(media_attachments.load, rows):
        found.setdefault(media.status_id or 0, []).append(media)
    return found


async def load_all_media(db: Reader, status_id: int) -> dict[int, MediaAttachment]:
    """Everything that any version of a status carries, by id."""
    rows = await db.rows(f"SELECT {media_attachments.columns} FROM media_attachments WHERE status_id = ?", status_id)
    return {media.id: media for media in map(media_attachments.load, rows)}

"""What its owner does with a file that no post carries yet: other words, or away with it."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.media.actions.files import doom_files
from mesange.core.media.actions.uploads import worded
from mesange.core.media.model import MediaAttachment, MediaWords
from mesange.core.media.tables import media_attachments
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server


class MediaInUse(Invalid):
    public_text = "Media attachment is currently used by a status"


async def describe_media(server: Server, viewer: Viewer, media_id: int, words: MediaWords) -> MediaAttachment:
    """Raises NotFound, MediaInUse (edit the post instead), Invalid."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        media = worded(await _loose(tx, account_id, media_id), words)
        await write_words(tx, media)
    return media


async def write_words(tx: Transaction, media: MediaAttachment) -> None:
    await tx.execute(
        "UPDATE media_attachments SET description = ?, focus_x = ?, focus_y = ? WHERE id = ?",
        media.description,
        media.focus_x,
        media.focus_y,
        media.id,
    )


async def discard_media(server: Server, viewer: Viewer, media_id: int) -> None:
    """Delete a file that no post carries, with everything made of it. Raises NotFound, MediaInUse."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        await delete_media_rows(server, tx, [await _loose(tx, account_id, media_id)])


async def _loose(tx: Transaction, account_id: int, media_id: int) -> MediaAttachment:
    row = await tx.row(
        f"SELECT {media_attachments.columns} FROM media_attachments WHERE id = ? AND account_id = ? FOR UPDATE",
        media_id,
        account_id,
    )
    if row is None:
        raise NotFound()
    media = media_attachments.load(row)
    if media.status_id is not None:
        raise MediaInUse()
    return media


async def delete_media_rows(server: Server, tx: Transaction, doomed: list[MediaAttachment]) -> None:
    await tx.execute("DELETE FROM media_attachments WHERE id = ANY(?)", [each.id for each in doomed])
    await doom_files(server, tx, [name for each in doomed for name in each.names])

"""What nobody needs any more."""

from mesange.core.media.actions.changes import delete_media_rows
from mesange.core.media.model import LOOSE_LIFE, MediaState
from mesange.core.media.tables import media_attachments
from mesange.kit.clock import HOUR
from mesange.kit.ids import first_id_at
from mesange.kit.server import Server

MOST_AT_ONCE = 100
PROCESSING_LIFE = HOUR
TIRED = "This file could not be prepared. Please send it again."


async def delete_loose_media(server: Server) -> None:
    """Delete files that no post, draft or schedule has needed for a day."""
    before = server.clock.now() - LOOSE_LIFE
    async with server.db.transaction() as tx:
        rows = await tx.rows(
            f"SELECT {media_attachments.columns} FROM media_attachments WHERE loose_since < ? LIMIT ? FOR UPDATE",
            before,
            MOST_AT_ONCE,
        )
        if rows:
            await delete_media_rows(server, tx, [media_attachments.load(row) for row in rows])


async def give_up_processing(server: Server) -> None:
    """A server that took a file and never came back: after an hour its owner is told to send it again."""
    before = first_id_at(server.clock.now() - PROCESSING_LIFE)
    async with server.db.transaction() as tx:
        await tx.execute(
            "UPDATE media_attachments SET state = ?, failure = ? WHERE state = ? AND id < ?",
            MediaState.FAILED,
            TIRED,
            MediaState.PROCESSING,
            before,
        )

"""Which post carries which files. Each of these runs inside the transaction that writes the post."""

from collections.abc import Mapping, Sequence

from mesange.core.media.actions.changes import delete_media_rows, write_words
from mesange.core.media.actions.uploads import worded
from mesange.core.media.model import MediaAttachment, MediaWords, check_together
from mesange.core.media.queries import load_media
from mesange.core.media.tables import media_attachments
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid
from mesange.kit.server import Server

OWN_FREE = (
    f"SELECT {media_attachments.columns} FROM media_attachments "
    "WHERE id = ANY(?) AND account_id = ? AND (status_id IS NULL OR status_id = ?) FOR UPDATE"
)


async def attach_media(tx: Transaction, account_id: int, status_id: int, ids: Sequence[int]) -> None:
    """Put these files, in this order, into a new post. Raises Invalid: not one's own, not ready, attached already."""
    await _own(tx, account_id, 0, ids)
    await _place(tx, status_id, ids)


async def rearrange_media(
    tx: Transaction, account_id: int, status_id: int, ids: Sequence[int], words: Mapping[int, MediaWords]
) -> bool:
    """Give an edited post these files and words; whether anything changed. What goes stays with earlier versions.

    Raises Invalid.
    """
    found = await _own(tx, account_id, status_id, ids)
    before = [each.id for each in (await load_media(tx, [status_id])).get(status_id, [])]
    changed = before != list(ids)
    if changed:
        await tx.execute("UPDATE media_attachments SET position = NULL WHERE status_id = ?", status_id)
        await _place(tx, status_id, ids)
    for media in found:
        if media.id in words and (other := worded(media, words[media.id])) != media:
            await write_words(tx, other)
            changed = True
    return changed


async def _own(tx: Transaction, account_id: int, status_id: int, ids: Sequence[int]) -> list[MediaAttachment]:
    rows = await tx.rows(OWN_FREE, list(ids), account_id, status_id)
    found = [media_attachments.load(row) for row in rows]
    check_together(found, ids)
    if len(set(ids)) < len(ids):
        raise Invalid("Validation failed: Each file can be attached once", field="media_ids")
    return found


async def _place(tx: Transaction, status_id: int, ids: Sequence[int]) -> None:
    for position, id in enumerate(ids):
        await tx.execute(
            "UPDATE media_attachments SET status_id = ?, position = ?, loose_since = NULL WHERE id = ?",
            status_id,
            position,
            id,
        )


async def release_media(server: Server, tx: Transaction, status_id: int, *, deletes: bool) -> None:
    """The post goes: its files go too, or stay loose for a day, to be attached to what is written instead."""
    rows = await tx.rows(f"SELECT {media_attachments.columns} FROM media_attachments WHERE status_id = ?", status_id)
    found = [media_attachments.load(row) for row in rows]
    shown = [each.id for each in found if each.position is not None and not deletes]
    await delete_media_rows(server, tx, [each for each in found if each.id not in shown])
    await tx.execute(
        "UPDATE media_attachments SET status_id = NULL, position = NULL, loose_since = ? WHERE id = ANY(?)",
        server.clock.now(),
        shown,
    )


async def hold_media(tx: Transaction, account_id: int, ids: Sequence[int]) -> None:
    """A draft or a scheduled post needs these: they are kept until `let_go_media`. Raises Invalid."""
    await _own(tx, account_id, 0, ids)
    await tx.execute("UPDATE media_attachments SET loose_since = NULL WHERE id = ANY(?)", list(ids))


async def let_go_media(server: Server, tx: Transaction, account_id: int, ids: Sequence[int]) -> None:
    """The draft or scheduled post is gone; what no post carries now is deleted a day later."""
    await tx.execute(
        "UPDATE media_attachments SET loose_since = ? WHERE id = ANY(?) AND account_id = ? AND status_id IS NULL",
        server.clock.now(),
        list(ids),
        account_id,
    )

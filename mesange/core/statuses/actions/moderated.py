"""What moderation does to posts: called by core/moderation, in the transaction in which the decision is noted."""

from collections.abc import Sequence

from mesange.core.statuses.actions.delete import erase_status
from mesange.events.statuses import StatusMarkedSensitive
from mesange.kit.db import Transaction
from mesange.kit.server import Server


async def remove_statuses(server: Server, tx: Transaction, account_id: int, ids: Sequence[int]) -> list[int]:
    """Delete those of the ids that are posts of this account; which ones they were."""
    own = await _own(tx, account_id, ids)
    for status_id in own:
        await erase_status(server, tx, status_id, deletes_media=True)
    return own


async def mark_sensitive(tx: Transaction, account_id: int, ids: Sequence[int]) -> list[int]:
    """Their media stay behind a warning from now on; no new version, for the author changed nothing."""
    own = await _own(tx, account_id, ids)
    for status_id in own:
        await tx.execute("UPDATE statuses SET is_sensitive = 1 WHERE id = ?", status_id)
        tx.emit(StatusMarkedSensitive(status_id=status_id, account_id=account_id))
    return own


async def _own(tx: Transaction, account_id: int, ids: Sequence[int]) -> list[int]:
    rows = await tx.rows(
        "SELECT id FROM statuses WHERE account_id = ? AND id = ANY(?) AND reblog_of_id IS NULL ORDER BY id",
        account_id,
        list(ids),
    )
    return [id for (id,) in rows]

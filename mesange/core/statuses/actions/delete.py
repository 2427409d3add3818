"""Deleting: the text goes for good; a tombstone stays, so that nothing brings it back."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.media.actions.attach import release_media
from mesange.core.statuses.actions.edit import delete_hashtags
from mesange.core.statuses.actions.noting import Passage, note_on_status, passage_of
from mesange.core.statuses.actions.polls import delete_poll
from mesange.core.statuses.actions.publish import count
from mesange.core.statuses.model import Holds, Status
from mesange.core.statuses.queries import hashtags_of, hold_status, load_mentioned, visible_status
from mesange.core.statuses.tables import statuses
from mesange.core.teams.model import Act
from mesange.core.teams.queries import count_acts
from mesange.events.statuses import StatusDeleted
from mesange.kit.clock import HOUR
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden
from mesange.kit.server import Server

MOST_DELETIONS = 30
"""So many posts of its accounts one member of an organization deletes within an hour; more needs two people."""
OF_A_STATUS = ("mentions", "status_edits", "status_stats", "favourites", "bookmarks")


class TooManyDeletions(Forbidden):
    public_text = (
        "You deleted many posts of this organization within an hour. To delete them all, two people decide: ask on the "
        "organization's page."
    )
    code = "second_person_needed"


async def delete_status(server: Server, viewer: Viewer, status_id: int, *, deletes_media: bool = False) -> Status:
    """Delete one's own status and every boost of it; what it was, for writing it anew. Raises NotFound, Forbidden.

    Its files stay for a day, so that they can be attached again, unless `deletes_media`.
    """
    account_id = acting_account(viewer)
    status = await visible_status(server, viewer, status_id)
    if status.account_id != account_id:
        raise Forbidden()
    passage = await passage_of(server, account_id)
    async with server.db.transaction() as tx:
        await _refuse_mass(server, tx, viewer, passage)
        erased = await erase_status(server, tx, status_id, deletes_media=deletes_media)
        await note_on_status(server, tx, viewer, passage, Act.DELETED, status_id)
    return erased


async def _refuse_mass(server: Server, tx: Transaction, viewer: Viewer, passage: Passage) -> None:
    if passage.organization_id is None:
        return
    since = server.clock.now() - HOUR
    if await count_acts(tx, passage.organization_id, viewer.user_id, Act.DELETED, since) >= MOST_DELETIONS:
        raise TooManyDeletions()


async def erase_status(server: Server, tx: Transaction, status_id: int, *, deletes_media: bool = False) -> Status:
    """The status, every boost of it and all that hangs on it; what it was. Raises NotFound."""
    status = await hold_status(tx, status_id)
    mentioned = (await load_mentioned(tx, [status_id])).get(status_id, [])
    await _uncount(tx, status)
    boosts = await tx.rows(f"SELECT {statuses.columns} FROM statuses WHERE reblog_of_id = ?", status_id)
    doomed = [status, *(statuses.load(row) for row in boosts)]
    for each in sorted(doomed, key=lambda each: each.account_id):
        await _delete_row(server, tx, each, tuple(mentioned) if each == status else ())
    await delete_hashtags(tx, status_id, hashtags_of(status))
    if status.holds & Holds.MEDIA or status.revision:  # An earlier version may have carried some.
        await release_media(server, tx, status_id, deletes=deletes_media)
    for table in OF_A_STATUS:
        await tx.execute(f"DELETE FROM {table} WHERE status_id = ?", status_id)
    if status.holds & Holds.POLL:
        await delete_poll(tx, status_id)
    await tx.execute("DELETE FROM pins WHERE account_id = ? AND status_id = ?", status.account_id, status_id)
    return status


async def unreblog_status(server: Server, viewer: Viewer, status_id: int) -> Status:
    """Take a boost back; the boosted status. Raises NotFound when it is not visible."""
    account_id = acting_account(viewer)
    status = await visible_status(server, viewer, status_id)
    if status.reblog_of_id:
        status = await visible_status(server, viewer, status.reblog_of_id)
    passage = await passage_of(server, account_id)
    async with server.db.transaction() as tx:
        await hold_status(tx, status.id)
        row = await tx.row(
            f"SELECT {statuses.columns} FROM statuses WHERE account_id = ? AND reblog_of_id = ?", account_id, status.id
        )
        if row:
            boost = statuses.load(row)
            await _uncount(tx, boost)
            await _delete_row(server, tx, boost, ())
            await note_on_status(server, tx, viewer, passage, Act.UNBOOSTED, status.id)
    return status


async def _uncount(tx: Transaction, status: Status) -> None:
    """What it answered or boosted has one less."""
    if status.in_reply_to_id:
        await count(tx, status.in_reply_to_id, "replies", -1)
    if status.reblog_of_id:
        await count(tx, status.reblog_of_id, "reblogs", -1)


async def _delete_row(server: Server, tx: Transaction, status: Status, mentioned: tuple[int, ...]) -> None:
    await tx.execute("DELETE FROM statuses WHERE id = ?", status.id)
    await tx.execute(
        "INSERT INTO tombstones (status_id, deleted_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        status.id,
        server.clock.now(),
    )
    await tx.execute("UPDATE account_stats SET statuses = statuses - 1 WHERE account_id = ?", status.account_id)
    tx.emit(
        StatusDeleted(
            status_id=status.id,
            account_id=status.account_id,
            visibility=status.visibility.value,
            reblog_of_id=status.reblog_of_id,
            in_reply_to_id=status.in_reply_to_id,
            mentioned_ids=mentioned,
            hashtags=tuple(hashtags_of(status)),
        )
    )

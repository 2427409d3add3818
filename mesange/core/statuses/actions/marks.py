"""What people do with a status: boost, favourite, bookmark, pin, mute its thread. Asking twice changes nothing more."""

from typing import NamedTuple

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.statuses.actions.gate import Reviewed, pass_gate
from mesange.core.statuses.actions.noting import note_on_status, passage_of
from mesange.core.statuses.actions.publish import count
from mesange.core.statuses.model import MOST_PINS, Status, Visibility, checked_visibility, may_reblog
from mesange.core.statuses.queries import find_status, hold_status, visible_status
from mesange.core.statuses.tables import statuses
from mesange.core.teams.model import Act
from mesange.events.statuses import (
    StatusBookmarked,
    StatusFavourited,
    StatusPinned,
    StatusReblogged,
    StatusUnbookmarked,
    StatusUnfavourited,
    StatusUnpinned,
    ThreadMuted,
    ThreadUnmuted,
)
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.server import Server

ANSWER = Reviewed(is_answer=True)


async def original_status(server: Server, viewer: Viewer, status_id: int) -> Status:
    """The visible status itself: what is done to a boost is done to what it boosts. Raises NotFound."""
    status = await visible_status(server, viewer, status_id)
    return await visible_status(server, viewer, status.reblog_of_id) if status.reblog_of_id else status


class Boost(NamedTuple):
    """A boost made ready: the wrapper, and what it boosts."""

    wrapper: Status
    original: Status


async def reblog_status(server: Server, viewer: Viewer, status_id: int, visibility: str | None = None) -> Status:
    """Boost; the wrapper, an earlier one if there is one. Raises NotFound, Forbidden (what is not open)."""
    boost = await prepared_boost(server, viewer, status_id, visibility)
    async with server.db.transaction() as tx:
        return await write_boost(server, tx, viewer, boost)


async def prepared_boost(server: Server, viewer: Viewer, status_id: int, visibility: str | None = None) -> Boost:
    """Everything that can be found out before the transaction. Raises NotFound, Forbidden (what is not open)."""
    account_id = acting_account(viewer)
    original = await original_status(server, viewer, status_id)
    if not may_reblog(account_id, original):
        raise Forbidden("This action is not allowed")
    wrapper = Status(
        id=server.ids.next(),
        account_id=account_id,
        text="",
        spoiler_text="",
        is_sensitive=False,
        language="",
        visibility=_reblog_visibility(original, visibility),
        reblog_of_id=original.id,
        client_id=viewer.client_id or None,
    )
    return Boost(wrapper, original)


async def write_boost(
    server: Server, tx: Transaction, viewer: Viewer, boost: Boost, reviewed: Reviewed = ANSWER
) -> Status:
    """The wrapper, an earlier one if there is one. Raises what the gate raises."""
    wrapper, original = boost
    await hold_status(tx, original.id)
    earlier = await tx.row(
        f"SELECT {statuses.columns} FROM statuses WHERE account_id = ? AND reblog_of_id = ?",
        wrapper.account_id,
        original.id,
    )
    if earlier:
        return statuses.load(earlier)
    passage = await pass_gate(server, tx, viewer, wrapper.account_id, 0, reviewed)
    await _write_reblog(tx, wrapper, original)
    await note_on_status(server, tx, viewer, passage, Act.BOOSTED, original.id)
    return wrapper


def _reblog_visibility(original: Status, asked: str | None) -> Visibility:
    if original.visibility is Visibility.PRIVATE:
        return Visibility.PRIVATE
    visibility = checked_visibility(asked, Visibility.PUBLIC)
    return Visibility.PUBLIC if visibility is Visibility.DIRECT else visibility


async def _write_reblog(tx: Transaction, wrapper: Status, original: Status) -> None:
    await tx.insert(statuses, wrapper)
    await count(tx, original.id, "reblogs", 1)
    await tx.execute(
        "INSERT INTO account_stats (account_id, statuses, last_status_at) VALUES (?, 1, ?) ON CONFLICT (account_id) "
        "DO UPDATE SET statuses = account_stats.statuses + 1, last_status_at = excluded.last_status_at",
        wrapper.account_id,
        wrapper.created_at,
    )
    tx.emit(
        StatusReblogged(
            status_id=wrapper.id,
            account_id=wrapper.account_id,
            visibility=wrapper.visibility.value,
            reblog_of_id=original.id,
            author_id=original.account_id,
        )
    )


async def favourite_status(server: Server, viewer: Viewer, status_id: int) -> Status:
    account_id = acting_account(viewer)
    status = await original_status(server, viewer, status_id)
    passage = await passage_of(server, account_id)
    async with server.db.transaction() as tx:
        if await _mark(server, tx, "favourites", account_id, status.id):
            await count(tx, status.id, "favourites", 1)
            tx.emit(StatusFavourited(status_id=status.id, account_id=account_id, author_id=status.account_id))
            await note_on_status(server, tx, viewer, passage, Act.FAVOURITED, status.id)
    return status


async def unfavourite_status(server: Server, viewer: Viewer, status_id: int) -> Status:
    account_id = acting_account(viewer)
    status = await original_status(server, viewer, status_id)
    passage = await passage_of(server, account_id)
    async with server.db.transaction() as tx:
        if await _unmark(tx, "favourites", account_id, status.id):
            await count(tx, status.id, "favourites", -1)
            tx.emit(StatusUnfavourited(status_id=status.id, account_id=account_id, author_id=status.account_id))
            await note_on_status(server, tx, viewer, passage, Act.UNFAVOURITED, status.id)
    return status


async def bookmark_status(server: Server, viewer: Viewer, status_id: int) -> Status:
    account_id = acting_account(viewer)
    status = await original_status(server, viewer, status_id)
    async with server.db.transaction() as tx:
        if await _mark(server, tx, "bookmarks", account_id, status.id):
            tx.emit(StatusBookmarked(status_id=status.id, account_id=account_id))
    return status


async def unbookmark_status(server: Server, viewer: Viewer, status_id: int) -> Status:
    account_id = acting_account(viewer)
    status = await original_status(server, viewer, status_id)
    async with server.db.transaction() as tx:
        if await _unmark(tx, "bookmarks", account_id, status.id):
            tx.emit(StatusUnbookmarked(status_id=status.id, account_id=account_id))
    return status


async def pin_status(server: Server, viewer: Viewer, status_id: int) -> Status:
    """Keep one's own status on top of the profile. Raises Invalid beyond five, for others' and for direct ones."""
    account_id = acting_account(viewer)
    status = await visible_status(server, viewer, status_id)
    if status.account_id != account_id or status.reblog_of_id:
        raise Invalid("Validation failed: Someone else's post cannot be pinned")
    if status.visibility is Visibility.DIRECT:
        raise Invalid("Validation failed: Posts that are only visible to mentioned users cannot be pinned")
    passage = await passage_of(server, account_id)
    async with server.db.transaction() as tx:
        await tx.row("SELECT id FROM accounts WHERE id = ? FOR UPDATE", account_id)
        if await _mark(server, tx, "pins", account_id, status.id):
            if await tx.value("SELECT count(*) FROM pins WHERE account_id = ?", account_id) > MOST_PINS:
                raise Invalid("Validation failed: You have already pinned the maximum number of posts")
            tx.emit(StatusPinned(status_id=status.id, account_id=account_id))
            await note_on_status(server, tx, viewer, passage, Act.PINNED, status.id)
    return status


async def unpin_status(server: Server, viewer: Viewer, status_id: int) -> Status:
    account_id = acting_account(viewer)
    status = await find_status(server, status_id)
    if status is None or status.account_id != account_id:
        raise NotFound()
    passage = await passage_of(server, account_id)
    async with server.db.transaction() as tx:
        if await _unmark(tx, "pins", account_id, status.id):
            tx.emit(StatusUnpinned(status_id=status.id, account_id=account_id))
            await note_on_status(server, tx, viewer, passage, Act.UNPINNED, status.id)
    return status


async def mute_thread(server: Server, viewer: Viewer, status_id: int) -> Status:
    """No more notifications from the thread of this status."""
    account_id = acting_account(viewer)
    status = await original_status(server, viewer, status_id)
    async with server.db.transaction() as tx:
        await tx.execute(
            "INSERT INTO thread_mutes (account_id, thread_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            account_id,
            status.root_id,
        )
        tx.emit(ThreadMuted(thread_id=status.root_id, account_id=account_id))
    return status


async def unmute_thread(server: Server, viewer: Viewer, status_id: int) -> Status:
    account_id = acting_account(viewer)
    status = await original_status(server, viewer, status_id)
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM thread_mutes WHERE account_id = ? AND thread_id = ?", account_id, status.root_id)
        tx.emit(ThreadUnmuted(thread_id=status.root_id, account_id=account_id))
    return status


async def _mark(server: Server, tx: Transaction, table: str, account_id: int, status_id: int) -> bool:
    await hold_status(tx, status_id)
    marked = await tx.execute(
        f"INSERT INTO {table} (id, account_id, status_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        server.ids.next(),
        account_id,
        status_id,
    )
    return marked > 0


async def _unmark(tx: Transaction, table: str, account_id: int, status_id: int) -> bool:
    unmarked = await tx.execute(f"DELETE FROM {table} WHERE account_id = ? AND status_id = ?", account_id, status_id)
    return unmarked > 0

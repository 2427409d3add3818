"""Writes of announcements: by the staff, and by those who read them."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.announcements.model import MOST_REACTIONS, Announcement, checked_reaction, checked_text
from mesange.core.announcements.queries import get_announcement
from mesange.core.announcements.tables import announcements
from mesange.core.emojis.queries import known_emojis
from mesange.events.announcements import (
    AnnouncementDismissed,
    AnnouncementPublished,
    AnnouncementReacted,
    AnnouncementRemoved,
)
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server


async def announce(
    server: Server, text: str, *, starts_at: int | None = None, ends_at: int | None = None, all_day: bool = False
) -> Announcement:
    """Tell everyone on this server. Raises Invalid."""
    now = server.clock.now()
    if ends_at is not None and ends_at <= (starts_at or now):
        raise Invalid("The end comes after the start, and after now.", field="ends_at")
    new = Announcement(server.ids.next(), checked_text(text), starts_at, ends_at, all_day, now, now)
    async with server.db.transaction() as tx:
        await tx.insert(announcements, new)
        tx.emit(AnnouncementPublished(announcement_id=new.id))
    return new


async def withdraw_announcement(server: Server, announcement_id: int) -> None:
    """Raises NotFound."""
    async with server.db.transaction() as tx:
        if not await tx.execute("DELETE FROM announcements WHERE id = ?", announcement_id):
            raise NotFound()
        for table in ("announcement_dismissals", "announcement_reactions"):
            await tx.execute(f"DELETE FROM {table} WHERE announcement_id = ?", announcement_id)
        tx.emit(AnnouncementRemoved(announcement_id=announcement_id))


async def dismiss_announcement(server: Server, viewer: Viewer, announcement_id: int) -> None:
    """Raises NotFound."""
    account_id = acting_account(viewer)
    await get_announcement(server, announcement_id)
    async with server.db.transaction() as tx:
        await tx.execute(
            "INSERT INTO announcement_dismissals (announcement_id, account_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            announcement_id,
            account_id,
        )
        tx.emit(AnnouncementDismissed(announcement_id=announcement_id, account_id=account_id))


async def react(server: Server, viewer: Viewer, announcement_id: int, name: str) -> None:
    """Answer with one sign; twice is once. Raises NotFound, Invalid."""
    account_id = acting_account(viewer)
    await get_announcement(server, announcement_id)
    name = checked_reaction(name, await known_emojis(server))
    async with server.db.transaction() as tx:
        others = await tx.value(
            "SELECT count(DISTINCT name) FROM announcement_reactions WHERE announcement_id = ? AND name <> ?",
            announcement_id,
            name,
        )
        if others >= MOST_REACTIONS:
            raise Invalid("Validation failed: Limit of different reactions reached", field="name")
        await tx.execute(
            "INSERT INTO announcement_reactions (announcement_id, name, account_id) VALUES (?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            announcement_id,
            name,
            account_id,
        )
        await _tell(tx, announcement_id, name)


async def take_reaction_back(server: Server, viewer: Viewer, announcement_id: int, name: str) -> None:
    """Raises NotFound."""
    account_id = acting_account(viewer)
    await get_announcement(server, announcement_id)
    async with server.db.transaction() as tx:
        gone = await tx.execute(
            "DELETE FROM announcement_reactions WHERE announcement_id = ? AND name = ? AND account_id = ?",
            announcement_id,
            name,
            account_id,
        )
        if gone:
            await _tell(tx, announcement_id, name)


async def _tell(tx: Transaction, announcement_id: int, name: str) -> None:
    count = await tx.value(
        "SELECT count(*) FROM announcement_reactions WHERE announcement_id = ? AND name = ?", announcement_id, name
    )
    tx.emit(AnnouncementReacted(announcement_id=announcement_id, name=name, count=count))

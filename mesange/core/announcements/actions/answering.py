"""What readers do with an announcement: put it away, answer it with a sign."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.announcements.model import MOST_REACTIONS, checked_reaction
from mesange.core.announcements.queries import get_announcement
from mesange.core.emojis.queries import known_emojis
from mesange.events.announcements import AnnouncementDismissed, AnnouncementReacted
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid
from mesange.kit.server import Server


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

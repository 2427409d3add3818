"""Gathers direct posts, and forgets counts that changed.

The consumer is a projection: `mesange replay conversations` fills it again from the log.
"""

from mesange.core.conversations.actions.gathering import gather_status, put_away_up_to, read_up_to, scatter_status
from mesange.core.conversations.memory import ConversationMemory
from mesange.core.conversations.tables import PROJECTION
from mesange.core.statuses.model import Visibility
from mesange.core.statuses.tables import statuses
from mesange.events.conversations import ConversationChanged, ConversationDeleted, ConversationRead
from mesange.events.statuses import StatusDeleted, StatusEdited, StatusPublished
from mesange.kit.consumers import Consumer
from mesange.kit.db import Transaction
from mesange.kit.event import Event
from mesange.kit.server import Server


async def on_status_written(server: Server, tx: Transaction, event: StatusPublished | StatusEdited) -> None:
    row = await tx.row(f"SELECT {statuses.columns} FROM statuses WHERE id = ?", event.status_id)
    status = statuses.load(row) if row else None
    if status and status.visibility is Visibility.DIRECT:
        await gather_status(server, tx, status)


async def on_status_deleted(server: Server, tx: Transaction, event: StatusDeleted) -> None:
    await scatter_status(server, tx, event.status_id)


async def on_conversation_read(server: Server, tx: Transaction, event: ConversationRead) -> None:
    await read_up_to(tx, event)


async def on_conversation_deleted(server: Server, tx: Transaction, event: ConversationDeleted) -> None:
    await put_away_up_to(tx, event)


def _is_of_a_conversation(event: Event) -> bool:
    if isinstance(event, StatusPublished | StatusDeleted):
        return event.visibility == Visibility.DIRECT
    return not isinstance(event, StatusEdited) or bool(event.newly_mentioned_ids)


async def on_unread_changed(
    server: Server, event: ConversationChanged | ConversationRead | ConversationDeleted
) -> None:
    server.of(ConversationMemory).unread.forget(event.account_id)


LISTENERS = {
    ConversationChanged: [on_unread_changed],
    ConversationRead: [on_unread_changed],
    ConversationDeleted: [on_unread_changed],
}
CONSUMER = Consumer(
    "conversations",
    {
        StatusPublished: [on_status_written],
        StatusEdited: [on_status_written],
        StatusDeleted: [on_status_deleted],
        ConversationRead: [on_conversation_read],
        ConversationDeleted: [on_conversation_deleted],
    },
    PROJECTION,
    concerns=_is_of_a_conversation,
)

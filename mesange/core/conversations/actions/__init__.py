"""Writes of conversations: what their people do with them, and what posts do to them."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.conversations.actions.gathering import gather_status, put_away_up_to, read_up_to, scatter_status
from mesange.core.conversations.model import Conversation
from mesange.core.conversations.queries import get_conversation
from mesange.events.conversations import ConversationDeleted, ConversationRead
from mesange.kit.server import Server

__all__ = [
    "delete_conversation",
    "gather_status",
    "put_away_up_to",
    "read_conversation",
    "read_up_to",
    "scatter_status",
]


async def read_conversation(server: Server, viewer: Viewer, conversation_id: int) -> Conversation:
    """The viewer has read all of it. Raises NotFound for another's."""
    async with server.db.transaction() as tx:
        found = await get_conversation(tx, acting_account(viewer), conversation_id)
        if found.is_unread:
            event = ConversationRead(
                account_id=found.account_id, conversation_id=found.id, status_id=found.last_status_id
            )
            await read_up_to(tx, event)
            tx.emit(event)
        return await get_conversation(tx, found.account_id, found.id)


async def delete_conversation(server: Server, viewer: Viewer, conversation_id: int) -> None:
    """Put it away; the posts stay where they are. Raises NotFound for another's."""
    async with server.db.transaction() as tx:
        found = await get_conversation(tx, acting_account(viewer), conversation_id)
        event = ConversationDeleted(
            account_id=found.account_id, conversation_id=found.id, status_id=found.last_status_id
        )
        await put_away_up_to(tx, event)
        tx.emit(event)

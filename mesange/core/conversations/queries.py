"""Reads of conversations: everyone sees their own."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.conversations.memory import ConversationMemory
from mesange.core.conversations.model import MOST_SHOWN, Conversation
from mesange.core.conversations.tables import conversations
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server

MOST_COUNTED = 100


async def list_conversations(db: Reader, viewer: Viewer, page: Page) -> list[Conversation]:
    """The viewer's own, by what was said last, newest first; page by the last status."""
    rows = await db.rows(
        f"SELECT {conversations.columns} FROM conversations WHERE account_id = ? AND last_status_id < ? "
        f"AND last_status_id > ? ORDER BY last_status_id {page.order} LIMIT ?",
        acting_account(viewer),
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([conversations.load(row) for row in rows])


async def get_conversation(db: Reader, account_id: int, conversation_id: int) -> Conversation:
    """Raises NotFound for another's."""
    found = await find_conversation(db, account_id, conversation_id)
    if found is None:
        raise NotFound()
    return found


async def find_conversation(db: Reader, account_id: int, conversation_id: int) -> Conversation | None:
    row = await db.row(
        f"SELECT {conversations.columns} FROM conversations WHERE account_id = ? AND id = ?",
        account_id,
        conversation_id,
    )
    return conversations.load(row) if row else None


async def list_conversation(db: Reader, conversation: Conversation) -> list[int]:
    """Ids of its newest posts, oldest first."""
    rows = await db.rows(
        "SELECT status_id FROM conversation_statuses WHERE account_id = ? AND conversation_id = ? "
        "ORDER BY status_id DESC LIMIT ?",
        conversation.account_id,
        conversation.id,
        MOST_SHOWN,
    )
    return [id for (id,) in reversed(rows)]


async def list_direct(db: Reader, viewer: Viewer, page: Page) -> list[int]:
    """Ids of the direct posts in the viewer's conversations, newest first."""
    rows = await db.rows(
        "SELECT status_id FROM conversation_statuses WHERE account_id = ? AND status_id < ? AND status_id > ? "
        f"ORDER BY status_id {page.order} LIMIT ?",
        acting_account(viewer),
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([id for (id,) in rows])


async def count_unread_conversations(server: Server, account_id: int) -> int:
    """Counted up to a hundred."""
    kept = server.of(ConversationMemory).unread
    count = kept.get(account_id)
    if count is None:
        since = kept.forgotten
        count = await server.db.value(
            "SELECT count(*) FROM (SELECT id FROM conversations WHERE account_id = ? AND is_unread = 1 LIMIT ?) unread",
            account_id,
            MOST_COUNTED,
        )
        kept.keep(account_id, count, since)
    return count

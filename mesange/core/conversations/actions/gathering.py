"""Gathering direct posts into conversations, one for each of the people here who read them."""

from mesange.core.conversations.model import NEWS_FOR, Conversation, people_besides
from mesange.core.conversations.tables import conversations
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import load_mentioned
from mesange.events.conversations import ConversationChanged, ConversationDeleted, ConversationRead
from mesange.kit.db import Transaction
from mesange.kit.ids import time_of
from mesange.kit.server import Server


async def gather_status(server: Server, tx: Transaction, status: Status) -> None:
    """Put a direct post into the conversation of each of its people; again, when an edit named more of them."""
    mentioned = (await load_mentioned(tx, [status.id])).get(status.id, [])
    participants = {status.account_id, *mentioned}
    for account_id in await _who_reads_here(tx, status.account_id, participants):
        people = people_besides(account_id, participants)
        conversation_id = await _join(tx, status, account_id, people)
        if conversation_id:
            _tell(server, tx, account_id, conversation_id, status.id)


async def _who_reads_here(tx: Transaction, author_id: int, participants: set[int]) -> list[int]:
    """People of this server, without those who blocked the author."""
    rows = await tx.rows(
        "SELECT a.id FROM accounts a WHERE a.id = ANY(?) AND a.domain = '' AND NOT EXISTS "
        "(SELECT 1 FROM blocks b WHERE b.account_id = a.id AND b.target_id = ?) ORDER BY a.id",
        sorted(participants),
        author_id,
    )
    return [id for (id,) in rows]


async def _join(tx: Transaction, status: Status, account_id: int, people: str) -> int | None:
    """The conversation that the post is in now; None when it was there already."""
    row = await tx.row(
        "SELECT c.people, c.id FROM conversation_statuses s JOIN conversations c ON c.account_id = s.account_id "
        "AND c.id = s.conversation_id WHERE s.account_id = ? AND s.status_id = ?",
        account_id,
        status.id,
    )
    if row is not None:
        if row[0] == people:
            return None
        await _leave(tx, account_id, status.id, row[1])
    unread = account_id != status.account_id
    new = Conversation(status.id, account_id, status.root_id, people, status.id, unread)
    conversation_id = await tx.value(
        conversations.insert_text + " ON CONFLICT (account_id, thread_id, people) DO UPDATE SET is_unread = "
        "CASE WHEN excluded.last_status_id > conversations.last_status_id THEN excluded.is_unread "
        "ELSE conversations.is_unread END, last_status_id = CASE WHEN excluded.last_status_id > "
        "conversations.last_status_id THEN excluded.last_status_id ELSE conversations.last_status_id END RETURNING id",
        *conversations.values(new),
    )
    await tx.execute(
        "INSERT INTO conversation_statuses (account_id, status_id, conversation_id) VALUES (?, ?, ?)",
        account_id,
        status.id,
        conversation_id,
    )
    return conversation_id


async def scatter_status(server: Server, tx: Transaction, status_id: int) -> None:
    """A direct post is gone: the conversations show what was said before it, or are gone too."""
    rows = await tx.rows("SELECT account_id, conversation_id FROM conversation_statuses WHERE status_id = ?", status_id)
    for account_id, conversation_id in rows:
        await _leave(tx, account_id, status_id, conversation_id)
        _tell(server, tx, account_id, conversation_id, status_id)


async def _leave(tx: Transaction, account_id: int, status_id: int, conversation_id: int) -> None:
    await tx.execute("DELETE FROM conversation_statuses WHERE account_id = ? AND status_id = ?", account_id, status_id)
    last = await tx.value(
        "SELECT max(status_id) FROM conversation_statuses WHERE account_id = ? AND conversation_id = ?",
        account_id,
        conversation_id,
    )
    if last is None:
        await tx.execute("DELETE FROM conversations WHERE account_id = ? AND id = ?", account_id, conversation_id)
    else:
        await tx.execute(
            "UPDATE conversations SET last_status_id = ? WHERE account_id = ? AND id = ?",
            last,
            account_id,
            conversation_id,
        )


def _tell(server: Server, tx: Transaction, account_id: int, conversation_id: int, status_id: int) -> None:
    if server.clock.now() - time_of(status_id) < NEWS_FOR:
        tx.emit(ConversationChanged(account_id=account_id, conversation_id=conversation_id))


async def read_up_to(tx: Transaction, event: ConversationRead) -> None:
    """What came after stays unread."""
    await tx.execute(
        "UPDATE conversations SET is_unread = 0 WHERE account_id = ? AND id = ? AND last_status_id <= ?",
        event.account_id,
        event.conversation_id,
        event.status_id,
    )


async def put_away_up_to(tx: Transaction, event: ConversationDeleted) -> None:
    """What came after stays."""
    gone = await tx.execute(
        "DELETE FROM conversations WHERE account_id = ? AND id = ? AND last_status_id <= ?",
        event.account_id,
        event.conversation_id,
        event.status_id,
    )
    if gone:
        await tx.execute(
            "DELETE FROM conversation_statuses WHERE account_id = ? AND conversation_id = ?",
            event.account_id,
            event.conversation_id,
        )

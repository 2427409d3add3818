"""Forgets what changed, at once; takes people off lists when a follow or the peace between two ends, durably."""

from mesange.core.lists.memory import ListMemory
from mesange.events.follows import AccountBlocked, AccountUnfollowed
from mesange.events.lists import HashtagFollowed, HashtagUnfollowed, ListChanged, ListDeleted
from mesange.kit.consumers import Consumer
from mesange.kit.db import Transaction
from mesange.kit.server import Server


async def on_list_changed(server: Server, event: ListChanged | ListDeleted) -> None:
    memory = server.of(ListMemory)
    memory.contents.forget(event.list_id)
    memory.choices.forget(event.account_id)


async def on_hashtag_follow_changed(server: Server, event: HashtagFollowed | HashtagUnfollowed) -> None:
    memory = server.of(ListMemory)
    memory.choices.forget(event.account_id)
    memory.followers.forget(event.name)


LISTENERS = {
    ListChanged: [on_list_changed],
    ListDeleted: [on_list_changed],
    HashtagFollowed: [on_hashtag_follow_changed],
    HashtagUnfollowed: [on_hashtag_follow_changed],
}


async def on_account_unfollowed(server: Server, tx: Transaction, event: AccountUnfollowed) -> None:
    """A private list holds only people whom its owner follows."""
    is_back = await tx.value(
        "SELECT 1 FROM follows WHERE account_id = ? AND target_id = ?", event.account_id, event.target_id
    )
    if not is_back:
        await _take_off(tx, event.account_id, event.target_id, " AND is_public = 0")


async def on_account_blocked(server: Server, tx: Transaction, event: AccountBlocked) -> None:
    """Nobody stays on a list of someone whom they blocked, or who blocked them; nor follows it."""
    for owner, member in ((event.account_id, event.target_id), (event.target_id, event.account_id)):
        await _take_off(tx, owner, member, "")
        await tx.execute(
            "DELETE FROM list_follows WHERE account_id = ? "
            "AND list_id IN (SELECT id FROM account_lists WHERE account_id = ?)",
            member,
            owner,
        )


async def _take_off(tx: Transaction, owner_id: int, member_id: int, only: str) -> None:
    rows = await tx.rows(
        "DELETE FROM list_members WHERE target_id = ? "
        f"AND list_id IN (SELECT id FROM account_lists WHERE account_id = ?{only}) RETURNING list_id",
        member_id,
        owner_id,
    )
    for (list_id,) in rows:
        tx.emit(ListChanged(list_id=list_id, account_id=owner_id))


CONSUMER = Consumer("lists", {AccountUnfollowed: [on_account_unfollowed], AccountBlocked: [on_account_blocked]})

"""Who and what stands on a list."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.accounts.queries import load_accounts
from mesange.core.follows.actions import hold_accounts
from mesange.core.lists.model import MOST_HASHTAGS, ListHashtag, checked_hashtag
from mesange.core.lists.queries import get_own_list
from mesange.core.lists.tables import list_hashtags
from mesange.events.lists import ListChanged
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.server import Server


class NotFollowed(Invalid):
    public_text = "Validation failed: Account must be followed before it stands on a private list"


async def add_members(server: Server, viewer: Viewer, list_id: int, account_ids: Sequence[int]) -> None:
    """All of them or none. On a private list: people whom the viewer follows or asked to follow, and the viewer.

    Raises NotFound (the list, an account), NotFollowed, Forbidden (a block between the two), Invalid (too many).
    """
    account_id, wanted = acting_account(viewer), list(dict.fromkeys(account_ids))
    known = await load_accounts(server, wanted)
    if any(id not in known or known[id].is_hidden for id in wanted):
        raise NotFound()
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id, *wanted)
        account_list = await get_own_list(tx, viewer, list_id)
        await _refuse_blocked(tx, account_id, wanted)
        if not account_list.is_public:
            await _refuse_not_followed(tx, account_id, wanted)
        for target_id in wanted:
            await tx.execute(
                "INSERT INTO list_members (id, list_id, target_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                server.ids.next(),
                list_id,
                target_id,
            )
        await _refuse_too_many(tx, "list_members", list_id, server.settings.max_list_members)
        tx.emit(ListChanged(list_id=list_id, account_id=account_id))


async def _refuse_blocked(tx: Transaction, account_id: int, wanted: list[int]) -> None:
    blocked = await tx.value(
        "SELECT 1 FROM blocks WHERE account_id = ? AND target_id = ANY(?) "
        "UNION ALL SELECT 1 FROM blocks WHERE target_id = ? AND account_id = ANY(?) LIMIT 1",
        account_id, wanted, account_id, wanted,
    )  # fmt: skip
    if blocked:
        raise Forbidden("You cannot put this account on a list.")


async def _refuse_not_followed(tx: Transaction, account_id: int, wanted: list[int]) -> None:
    rows = await tx.rows(
        "SELECT target_id FROM follows WHERE account_id = ? AND target_id = ANY(?) "
        "UNION SELECT target_id FROM follow_requests WHERE account_id = ? AND target_id = ANY(?)",
        account_id, wanted, account_id, wanted,
    )  # fmt: skip
    if set(wanted) - {target for (target,) in rows} - {account_id}:
        raise NotFollowed()


async def _refuse_too_many(tx: Transaction, table: str, list_id: int, most: int) -> None:
    if await tx.value(f"SELECT count(*) FROM {table} WHERE list_id = ?", list_id) > most:
        raise Invalid("This list is full. Take something off it, or make another list.")


async def remove_members(server: Server, viewer: Viewer, list_id: int, account_ids: Sequence[int]) -> None:
    """Raises NotFound for another's list."""
    await _take_off(
        server, viewer, list_id, "DELETE FROM list_members WHERE list_id = ? AND target_id = ANY(?)", [*account_ids]
    )


async def add_hashtags(server: Server, viewer: Viewer, list_id: int, names: Sequence[str]) -> None:
    """All of them or none. Raises NotFound, Invalid (no hashtag, too many)."""
    account_id, wanted = acting_account(viewer), [checked_hashtag(name) for name in names[: MOST_HASHTAGS + 1]]
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id)
        await get_own_list(tx, viewer, list_id)
        for name, written in wanted:
            hashtag = ListHashtag(server.ids.next(), list_id, name, written)
            await tx.execute(list_hashtags.insert_text + " ON CONFLICT DO NOTHING", *list_hashtags.values(hashtag))
        await _refuse_too_many(tx, "list_hashtags", list_id, MOST_HASHTAGS)
        tx.emit(ListChanged(list_id=list_id, account_id=account_id))


async def remove_hashtags(server: Server, viewer: Viewer, list_id: int, names: Sequence[str]) -> None:
    """Raises NotFound for another's list, Invalid."""
    wanted = [checked_hashtag(name)[0] for name in names]
    await _take_off(server, viewer, list_id, "DELETE FROM list_hashtags WHERE list_id = ? AND name = ANY(?)", wanted)


async def _take_off(server: Server, viewer: Viewer, list_id: int, deletion: str, wanted: list[int] | list[str]) -> None:
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        await get_own_list(tx, viewer, list_id)
        if await tx.execute(deletion, list_id, wanted):
            tx.emit(ListChanged(list_id=list_id, account_id=account_id))

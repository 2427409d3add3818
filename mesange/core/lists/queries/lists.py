"""The lists themselves: one's own, those one follows, one that anyone may read."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.accounts.queries import find_account
from mesange.core.follows.queries import relations_of
from mesange.core.lists.model import AccountList
from mesange.core.lists.tables import account_lists
from mesange.kit.db import Reader, Value
from mesange.kit.errors import NotFound
from mesange.kit.server import Server


async def get_own_list(db: Reader, viewer: Viewer, list_id: int) -> AccountList:
    """Raises NotFound for another's."""
    found = await _lists(db, "WHERE id = ? AND account_id = ?", list_id, acting_account(viewer))
    if not found:
        raise NotFound()
    return found[0]


async def readable_list(server: Server, viewer: Viewer, list_id: int) -> AccountList:
    """One's own, or a public one. Raises NotFound, also between people who are kept apart by a block."""
    found = await _lists(server.db, "WHERE id = ?", list_id)
    if not found:
        raise NotFound()
    account_list = found[0]
    if account_list.account_id == viewer.account_id:
        return account_list
    owner = await find_account(server, account_list.account_id)
    relations = await relations_of(server, viewer.account_id)
    if not account_list.is_public or owner is None or owner.is_hidden or owner.id in relations.blocked_by:
        raise NotFound()
    return account_list


async def load_lists(db: Reader, ids: Sequence[int]) -> dict[int, AccountList]:
    """Lists by id, whoever may see them: the caller has asked for that."""
    return {each.id: each for each in await _lists(db, "WHERE id = ANY(?)", list(ids))}


async def list_lists(db: Reader, viewer: Viewer) -> list[AccountList]:
    """All of the viewer's own, the oldest first: there are not more than the settings allow."""
    return await _lists(db, "WHERE account_id = ? ORDER BY id", acting_account(viewer))


async def list_lists_with(db: Reader, viewer: Viewer, target_id: int) -> list[AccountList]:
    """The viewer's own lists on which an account stands."""
    return await _lists(
        db,
        "WHERE account_id = ? AND id IN (SELECT list_id FROM list_members WHERE target_id = ?) ORDER BY id",
        acting_account(viewer),
        target_id,
    )


async def list_followed_lists(db: Reader, viewer: Viewer) -> list[AccountList]:
    """Other people's public lists that the viewer follows; without those whose owner blocked the viewer."""
    account_id = acting_account(viewer)
    return await _lists(
        db,
        "WHERE id IN (SELECT list_id FROM list_follows WHERE account_id = ?) AND is_public = 1 "
        "AND account_id NOT IN (SELECT account_id FROM blocks WHERE target_id = ?) ORDER BY id",
        account_id,
        account_id,
    )


async def _lists(db: Reader, condition: str, *values: Value) -> list[AccountList]:
    rows = await db.rows(f"SELECT {account_lists.columns} FROM account_lists {condition}", *values)
    return [account_lists.load(row) for row in rows]

"""Making, changing and deleting lists."""

from dataclasses import dataclass, replace
from typing import Any

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.follows.actions import hold_accounts
from mesange.core.lists.model import AccountList, checked_policy
from mesange.core.lists.queries import get_own_list
from mesange.core.lists.tables import account_lists
from mesange.events.lists import ListChanged, ListCreated, ListDeleted
from mesange.kit.errors import Invalid
from mesange.kit.server import Server
from mesange.kit.text import checked_title

OF_A_LIST = ("list_members", "list_hashtags", "list_follows")


@dataclass(frozen=True, slots=True)
class ListChoice:
    """None keeps what an existing list has, or the default for a new one."""

    title: str | None = None
    replies_policy: str | None = None
    is_exclusive: bool | None = None
    is_public: bool | None = None

    def applied_to(self, account_list: AccountList) -> AccountList:
        """Raises Invalid."""
        changes: dict[str, Any] = {
            "title": None if self.title is None else checked_title(self.title),
            "replies_policy": None if self.replies_policy is None else checked_policy(self.replies_policy),
            "is_exclusive": self.is_exclusive,
            "is_public": self.is_public,
        }
        return replace(account_list, **{name: value for name, value in changes.items() if value is not None})


async def create_list(server: Server, viewer: Viewer, choice: ListChoice) -> AccountList:
    """Raises Invalid, also when the viewer has as many lists as one may."""
    account_id = acting_account(viewer)
    new = replace(choice, title=choice.title or "").applied_to(AccountList(server.ids.next(), account_id, ""))
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id)
        held = await tx.value("SELECT count(*) FROM account_lists WHERE account_id = ?", account_id)
        if held >= server.settings.max_lists:
            raise Invalid("You have as many lists as one may. Delete one to make another.", field="title")
        await tx.insert(account_lists, new)
        tx.emit(ListCreated(list_id=new.id, account_id=account_id))
    return new


async def change_list(server: Server, viewer: Viewer, list_id: int, choice: ListChoice) -> AccountList:
    """Raises NotFound for another's list, Invalid."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id)
        before = await get_own_list(tx, viewer, list_id)
        changed = choice.applied_to(before)
        if changed != before:
            await tx.update(account_lists, changed)
            if before.is_public and not changed.is_public:
                await tx.execute("DELETE FROM list_follows WHERE list_id = ?", list_id)
            tx.emit(ListChanged(list_id=list_id, account_id=account_id))
    return changed


async def delete_list(server: Server, viewer: Viewer, list_id: int) -> None:
    """Raises NotFound for another's list."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id)
        await get_own_list(tx, viewer, list_id)
        await tx.execute("DELETE FROM account_lists WHERE id = ?", list_id)
        for table in OF_A_LIST:
            await tx.execute(f"DELETE FROM {table} WHERE list_id = ?", list_id)
        tx.emit(ListDeleted(list_id=list_id, account_id=account_id))

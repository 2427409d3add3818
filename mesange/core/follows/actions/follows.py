"""Beginning, changing and ending follows."""

from dataclasses import dataclass, replace

from mesange.core.accounts.model import Account, Viewer, acting_account
from mesange.core.accounts.queries import find_account, get_account
from mesange.core.follows.actions.pairs import delete_pair, end_follow, hold_accounts, insert_follow
from mesange.core.follows.model import Follow, FollowRequest
from mesange.core.follows.tables import follow_requests, follows
from mesange.core.teams.actions import note_act
from mesange.core.teams.model import Act, Deed
from mesange.events.follows import (
    FollowChanged,
    FollowRequested,
    FollowRequestRejected,
)
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden
from mesange.kit.server import Server


@dataclass(frozen=True, slots=True)
class FollowOptions:
    """None keeps what an existing follow has, or the default for a new one."""

    shows_reblogs: bool | None = None
    notifies: bool | None = None
    languages: str | None = None

    def applied_to(self, follow: Follow) -> Follow:
        changes = {name: value for name in ("shows_reblogs", "notifies", "languages")
                   if (value := getattr(self, name)) is not None}  # fmt: skip
        return replace(follow, **changes)


async def follow_account(server: Server, viewer: Viewer, target_id: int, options: FollowOptions) -> None:
    """Follow, ask a locked account to be followed, or change the options of a follow.

    Raises NotFound, Gone, Forbidden (oneself, or a block between the two).
    """
    account_id = acting_account(viewer)
    target = await get_account(server, target_id)
    if target_id == account_id:
        raise Forbidden("You cannot follow yourself.")
    account = await find_account(server, account_id)
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id, target_id)
        await _refuse_blocked(tx, account_id, target_id)
        row = await tx.row(
            f"SELECT {follows.columns} FROM follows WHERE account_id = ? AND target_id = ?", account_id, target_id
        )
        if row:
            await _change_follow(tx, follows.load(row), options)
        else:
            new = options.applied_to(Follow(id=server.ids.next(), account_id=account_id, target_id=target_id))
            await _begin(tx, new, target)
            await _note(server, tx, viewer, account, Act.FOLLOWED, target_id)


async def unfollow_account(server: Server, viewer: Viewer, target_id: int) -> None:
    """End a follow, or withdraw a request."""
    account_id = acting_account(viewer)
    await get_account(server, target_id)
    account = await find_account(server, account_id)
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id, target_id)
        is_ended = await end_follow(tx, account_id, target_id)
        if await delete_pair(tx, "follow_requests", account_id, target_id):
            tx.emit(FollowRequestRejected(account_id=account_id, target_id=target_id))
        if is_ended:
            await _note(server, tx, viewer, account, Act.UNFOLLOWED, target_id)


async def _note(
    server: Server, tx: Transaction, viewer: Viewer, account: Account | None, act: Act, target_id: int
) -> None:
    """Whom an account follows is public."""
    deed = Deed(act, viewer.user_id, viewer.account_id, viewer.client_id, told={"target": target_id})
    await note_act(server, tx, account.organization_id if account else None, deed)


async def remove_follower(server: Server, viewer: Viewer, follower_id: int) -> None:
    account_id = acting_account(viewer)
    await get_account(server, follower_id)
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id, follower_id)
        await end_follow(tx, follower_id, account_id)


async def _begin(tx: Transaction, follow: Follow, target: Account) -> None:
    if not target.is_locked:
        await insert_follow(tx, follow)
        return
    request = FollowRequest(
        follow.id, follow.account_id, follow.target_id, follow.shows_reblogs, follow.notifies, follow.languages
    )
    if not await tx.value(
        "SELECT 1 FROM follow_requests WHERE account_id = ? AND target_id = ?", follow.account_id, follow.target_id
    ):
        await tx.insert(follow_requests, request)
        tx.emit(FollowRequested(account_id=follow.account_id, target_id=follow.target_id))


async def _change_follow(tx: Transaction, follow: Follow, options: FollowOptions) -> None:
    changed = options.applied_to(follow)
    if changed != follow:
        await tx.update(follows, changed)
        tx.emit(FollowChanged(account_id=follow.account_id, target_id=follow.target_id))


async def _refuse_blocked(tx: Transaction, account_id: int, target_id: int) -> None:
    block = await tx.value(
        "SELECT 1 FROM blocks WHERE (account_id = ? AND target_id = ?) OR (account_id = ? AND target_id = ?)",
        account_id, target_id, target_id, account_id,
    )  # fmt: skip
    if block:
        raise Forbidden("You cannot follow this account.")

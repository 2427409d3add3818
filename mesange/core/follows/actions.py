"""Writes of follows, blocks and mutes. Each is repeatable: asking twice changes nothing more."""

from dataclasses import dataclass, replace

from mesange.core.accounts.model import Account, Viewer, acting_account
from mesange.core.accounts.queries import get_account
from mesange.core.follows.model import Follow, FollowRequest, Mute
from mesange.core.follows.tables import follow_requests, follows, mutes
from mesange.events.follows import (
    AccountBlocked,
    AccountFollowed,
    AccountMuted,
    AccountUnblocked,
    AccountUnfollowed,
    AccountUnmuted,
    FollowChanged,
    FollowRequested,
    FollowRequestRejected,
)
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.server import Server

MOST_NOTE = 2_000


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
    async with server.db.transaction() as tx:
        await _hold(tx, account_id, target_id)
        await _refuse_blocked(tx, account_id, target_id)
        row = await tx.row(
            f"SELECT {follows.columns} FROM follows WHERE account_id = ? AND target_id = ?", account_id, target_id
        )
        if row:
            await _change_follow(tx, follows.load(row), options)
        else:
            new = options.applied_to(Follow(id=server.ids.next(), account_id=account_id, target_id=target_id))
            await _begin(tx, new, target)


async def unfollow_account(server: Server, viewer: Viewer, target_id: int) -> None:
    """End a follow, or withdraw a request."""
    account_id = acting_account(viewer)
    await get_account(server, target_id)
    async with server.db.transaction() as tx:
        await _hold(tx, account_id, target_id)
        await end_follow(tx, account_id, target_id)
        if await _delete(tx, "follow_requests", account_id, target_id):
            tx.emit(FollowRequestRejected(account_id=account_id, target_id=target_id))


async def remove_follower(server: Server, viewer: Viewer, follower_id: int) -> None:
    account_id = acting_account(viewer)
    await get_account(server, follower_id)
    async with server.db.transaction() as tx:
        await _hold(tx, account_id, follower_id)
        await end_follow(tx, follower_id, account_id)


async def accept_follow_request(server: Server, viewer: Viewer, asker_id: int) -> None:
    """Raises NotFound when that account did not ask."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        await _hold(tx, account_id, asker_id)
        row = await tx.row(
            f"SELECT {follow_requests.columns} FROM follow_requests WHERE account_id = ? AND target_id = ?",
            asker_id,
            account_id,
        )
        if row is None:
            raise NotFound()
        request = follow_requests.load(row)
        await _delete(tx, "follow_requests", asker_id, account_id)
        await _insert_follow(
            tx,
            Follow(server.ids.next(), asker_id, account_id, request.shows_reblogs, request.notifies, request.languages),
        )


async def reject_follow_request(server: Server, viewer: Viewer, asker_id: int) -> None:
    """Raises NotFound when that account did not ask."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        if not await _delete(tx, "follow_requests", asker_id, account_id):
            raise NotFound()
        tx.emit(FollowRequestRejected(account_id=asker_id, target_id=account_id))


async def block_account(server: Server, viewer: Viewer, target_id: int) -> None:
    """Neither sees the other any more; follows between them end."""
    account_id = acting_account(viewer)
    await get_account(server, target_id)
    if target_id == account_id:
        raise Forbidden("You cannot block yourself.")
    async with server.db.transaction() as tx:
        await _hold(tx, account_id, target_id)
        for follower, followed in ((account_id, target_id), (target_id, account_id)):
            await end_follow(tx, follower, followed)
            if await _delete(tx, "follow_requests", follower, followed):
                tx.emit(FollowRequestRejected(account_id=follower, target_id=followed))
        await tx.execute(
            "INSERT INTO blocks (id, account_id, target_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            server.ids.next(),
            account_id,
            target_id,
        )
        tx.emit(AccountBlocked(account_id=account_id, target_id=target_id))


async def unblock_account(server: Server, viewer: Viewer, target_id: int) -> None:
    account_id = acting_account(viewer)
    await get_account(server, target_id)
    async with server.db.transaction() as tx:
        if await _delete(tx, "blocks", account_id, target_id):
            tx.emit(AccountUnblocked(account_id=account_id, target_id=target_id))


async def mute_account(
    server: Server, viewer: Viewer, target_id: int, *, hides_notifications: bool = True, duration: int = 0
) -> None:
    """Hide an account from the viewer, for `duration` seconds or for ever with 0."""
    account_id = acting_account(viewer)
    await get_account(server, target_id)
    if target_id == account_id:
        raise Forbidden("You cannot mute yourself.")
    if duration < 0:
        raise Invalid("A duration is a number of seconds.", field="duration")
    expires_at = server.clock.now() + min(duration, 10**9) * 1000 if duration else None
    mute = Mute(server.ids.next(), account_id, target_id, hides_notifications, expires_at)
    async with server.db.transaction() as tx:
        await _hold(tx, account_id)
        await _delete(tx, "mutes", account_id, target_id)
        await tx.insert(mutes, mute)
        tx.emit(AccountMuted(account_id=account_id, target_id=target_id))


async def unmute_account(server: Server, viewer: Viewer, target_id: int) -> None:
    account_id = acting_account(viewer)
    await get_account(server, target_id)
    async with server.db.transaction() as tx:
        if await _delete(tx, "mutes", account_id, target_id):
            tx.emit(AccountUnmuted(account_id=account_id, target_id=target_id))


async def end_mutes(server: Server) -> None:
    """Mutes that ran out are lifted."""
    async with server.db.transaction() as tx:
        rows = await tx.rows(
            "DELETE FROM mutes WHERE expires_at <= ? RETURNING account_id, target_id", server.clock.now()
        )
        for account_id, target_id in rows:
            tx.emit(AccountUnmuted(account_id=account_id, target_id=target_id))


async def write_note(server: Server, viewer: Viewer, target_id: int, comment: str) -> None:
    """A private note on an account, seen by the viewer alone. An empty one is removed."""
    account_id = acting_account(viewer)
    await get_account(server, target_id)
    if len(comment) > MOST_NOTE:
        raise Invalid(f"A note has at most {MOST_NOTE} signs.", field="comment")
    async with server.db.transaction() as tx:
        await _hold(tx, account_id)
        await _delete(tx, "account_notes", account_id, target_id)
        if comment:
            await tx.execute(
                "INSERT INTO account_notes (account_id, target_id, comment) VALUES (?, ?, ?)",
                account_id,
                target_id,
                comment,
            )


async def end_follow(tx: Transaction, account_id: int, target_id: int) -> None:
    if await _delete(tx, "follows", account_id, target_id):
        await _count(tx, account_id, target_id, -1)
        tx.emit(AccountUnfollowed(account_id=account_id, target_id=target_id))


async def _hold(tx: Transaction, *account_ids: int) -> None:
    """Writers about the same accounts go one after the other, all in the same order."""
    await tx.rows("SELECT id FROM accounts WHERE id = ANY(?) ORDER BY id FOR UPDATE", list(account_ids))


async def _begin(tx: Transaction, follow: Follow, target: Account) -> None:
    if not target.is_locked:
        await _insert_follow(tx, follow)
        return
    request = FollowRequest(
        follow.id, follow.account_id, follow.target_id, follow.shows_reblogs, follow.notifies, follow.languages
    )
    if not await tx.value(
        "SELECT 1 FROM follow_requests WHERE account_id = ? AND target_id = ?", follow.account_id, follow.target_id
    ):
        await tx.insert(follow_requests, request)
        tx.emit(FollowRequested(account_id=follow.account_id, target_id=follow.target_id))


async def _insert_follow(tx: Transaction, follow: Follow) -> None:
    await tx.insert(follows, follow)
    await _count(tx, follow.account_id, follow.target_id, 1)
    tx.emit(AccountFollowed(account_id=follow.account_id, target_id=follow.target_id))


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


async def _delete(tx: Transaction, table: str, account_id: int, target_id: int) -> bool:
    deleted = await tx.execute(f"DELETE FROM {table} WHERE account_id = ? AND target_id = ?", account_id, target_id)
    return deleted > 0


async def _count(tx: Transaction, account_id: int, target_id: int, change: int) -> None:
    for id, column in sorted([(account_id, "following"), (target_id, "followers")]):
        await tx.execute(
            f"INSERT INTO account_stats (account_id, {column}) VALUES (?, ?) "
            f"ON CONFLICT (account_id) DO UPDATE SET {column} = account_stats.{column} + excluded.{column}",
            id,
            change,
        )

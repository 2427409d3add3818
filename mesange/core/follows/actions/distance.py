"""Keeping others away: blocks, mutes; and private notes."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.accounts.queries import get_account
from mesange.core.follows.actions.pairs import delete_pair, end_follow, hold_accounts
from mesange.core.follows.model import Mute
from mesange.core.follows.tables import mutes
from mesange.events.follows import (
    AccountBlocked,
    AccountMuted,
    AccountUnblocked,
    AccountUnmuted,
    FollowRequestRejected,
)
from mesange.kit.errors import Forbidden, Invalid
from mesange.kit.server import Server

MOST_NOTE = 2_000


async def block_account(server: Server, viewer: Viewer, target_id: int) -> None:
    """Neither sees the other any more; follows between them end."""
    account_id = acting_account(viewer)
    await get_account(server, target_id)
    if target_id == account_id:
        raise Forbidden("You cannot block yourself.")
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id, target_id)
        for follower, followed in ((account_id, target_id), (target_id, account_id)):
            await end_follow(tx, follower, followed)
            if await delete_pair(tx, "follow_requests", follower, followed):
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
        if await delete_pair(tx, "blocks", account_id, target_id):
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
        await hold_accounts(tx, account_id)
        await delete_pair(tx, "mutes", account_id, target_id)
        await tx.insert(mutes, mute)
        tx.emit(AccountMuted(account_id=account_id, target_id=target_id))


async def unmute_account(server: Server, viewer: Viewer, target_id: int) -> None:
    account_id = acting_account(viewer)
    await get_account(server, target_id)
    async with server.db.transaction() as tx:
        if await delete_pair(tx, "mutes", account_id, target_id):
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
        await hold_accounts(tx, account_id)
        await delete_pair(tx, "account_notes", account_id, target_id)
        if comment:
            await tx.execute(
                "INSERT INTO account_notes (account_id, target_id, comment) VALUES (?, ?, ?)",
                account_id,
                target_id,
                comment,
            )

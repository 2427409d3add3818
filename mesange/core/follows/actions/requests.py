"""Answering those who ask to follow."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.follows.actions.pairs import delete_pair, hold_accounts, insert_follow
from mesange.core.follows.model import Follow
from mesange.core.follows.tables import follow_requests
from mesange.events.follows import (
    FollowRequestRejected,
)
from mesange.kit.errors import NotFound
from mesange.kit.server import Server


async def accept_follow_request(server: Server, viewer: Viewer, asker_id: int) -> None:
    """Raises NotFound when that account did not ask."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id, asker_id)
        row = await tx.row(
            f"SELECT {follow_requests.columns} FROM follow_requests WHERE account_id = ? AND target_id = ?",
            asker_id,
            account_id,
        )
        if row is None:
            raise NotFound()
        request = follow_requests.load(row)
        await delete_pair(tx, "follow_requests", asker_id, account_id)
        await insert_follow(
            tx,
            Follow(server.ids.next(), asker_id, account_id, request.shows_reblogs, request.notifies, request.languages),
        )


async def reject_follow_request(server: Server, viewer: Viewer, asker_id: int) -> None:
    """Raises NotFound when that account did not ask."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        if not await delete_pair(tx, "follow_requests", asker_id, account_id):
            raise NotFound()
        tx.emit(FollowRequestRejected(account_id=asker_id, target_id=account_id))

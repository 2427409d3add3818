"""People one does not know: what becomes of what they tell, and whom one lets in."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.notifications.model import (
    FAITHFUL_AFTER,
    FOR_CERTAIN,
    NEW_FOR,
    NotificationKind,
    NotificationPolicy,
    Stranger,
    Treatment,
)
from mesange.core.notifications.queries import get_policy
from mesange.core.notifications.tables import policies
from mesange.events.notifications import (
    NotificationPolicyChanged,
    NotificationRequestAccepted,
    NotificationRequestDismissed,
)
from mesange.kit.db import Transaction
from mesange.kit.errors import NotFound
from mesange.kit.ids import first_id_at
from mesange.kit.server import Server


async def treatment_of(
    server: Server,
    tx: Transaction,
    account_id: int,
    kind: NotificationKind,
    from_account_id: int,
    status_id: int | None,
) -> Treatment:
    """What the account wants done with this."""
    if kind in FOR_CERTAIN:
        return Treatment.ACCEPT
    policy = await get_policy(tx, account_id)
    stranger = await _stranger(server, tx, account_id, from_account_id, status_id)
    return policy.treatment_of(stranger)


async def _stranger(
    server: Server, tx: Transaction, account_id: int, from_account_id: int, status_id: int | None
) -> Stranger:
    now = server.clock.now()
    facts = await tx.row(
        "SELECT EXISTS (SELECT 1 FROM notification_permissions WHERE account_id = ? AND from_account_id = a.id), "
        "EXISTS (SELECT 1 FROM follows WHERE account_id = ? AND target_id = a.id), "
        "EXISTS (SELECT 1 FROM follows WHERE account_id = a.id AND target_id = ? AND id < ?), "
        "a.created_at > ?, a.limited_at IS NOT NULL, "
        "EXISTS (SELECT 1 FROM statuses WHERE id = ? AND visibility = 'direct' "
        "AND coalesce(in_reply_to_account_id, 0) <> ?) FROM accounts a WHERE a.id = ?",
        account_id,
        account_id,
        account_id,
        first_id_at(now - FAITHFUL_AFTER),
        now - NEW_FOR,
        status_id or 0,
        account_id,
        from_account_id,
    )
    return Stranger(*map(bool, facts)) if facts else Stranger()


async def set_policy(server: Server, policy: NotificationPolicy) -> None:
    """From now on: what waits goes on waiting, what was told stays."""
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM notification_policies WHERE account_id = ?", policy.account_id)
        await tx.insert(policies, policy)
        tx.emit(NotificationPolicyChanged(account_id=policy.account_id))


async def accept_request(server: Server, viewer: Viewer, from_account_id: int) -> None:
    """Let somebody in: what waits is told now, and whatever they tell from now on. Raises NotFound."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        sql = "UPDATE notifications SET is_apart = 0 WHERE account_id = ? AND from_account_id = ? AND is_apart = 1"
        if not await tx.execute(sql, account_id, from_account_id):
            raise NotFound()
        await tx.execute(
            "INSERT INTO notification_permissions (account_id, from_account_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            account_id,
            from_account_id,
        )
        tx.emit(NotificationRequestAccepted(account_id=account_id, from_account_id=from_account_id))


async def dismiss_request(server: Server, viewer: Viewer, from_account_id: int) -> None:
    """Hear nothing of what waits from somebody; they are not told. Raises NotFound."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        sql = "DELETE FROM notifications WHERE account_id = ? AND from_account_id = ? AND is_apart = 1"
        if not await tx.execute(sql, account_id, from_account_id):
            raise NotFound()
        tx.emit(NotificationRequestDismissed(account_id=account_id, from_account_id=from_account_id))

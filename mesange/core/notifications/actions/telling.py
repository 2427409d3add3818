"""Telling accounts what concerns them, and taking it back."""

from collections.abc import Sequence

from mesange.core.accounts.queries import list_staff_accounts
from mesange.core.notifications.actions.strangers import treatment_of
from mesange.core.notifications.model import Notification, NotificationKind, Treatment, group_key_of
from mesange.core.notifications.tables import notifications
from mesange.core.push.actions.deliveries import queue_pushes
from mesange.events.notifications import NotificationCreated, NotificationSetApart
from mesange.kit.db import Transaction
from mesange.kit.server import Server

ONCE = (
    NotificationKind.REBLOG,
    NotificationKind.FAVOURITE,
    NotificationKind.FOLLOW,
    NotificationKind.FOLLOW_REQUEST,
)


async def notify(
    server: Server,
    tx: Transaction,
    account_id: int,
    kind: NotificationKind,
    from_account_id: int,
    status_id: int | None = None,
) -> None:
    """Tell an account, unless it would not hear it: from oneself, from a hidden account, in a muted thread, or from a
    stranger whom its policy keeps out or sets apart.

    What can be done, undone and done again (favourite, boost, follow) is told once.
    """
    if account_id == from_account_id or await _is_unwanted(server, tx, account_id, from_account_id, status_id):
        return
    if kind in ONCE and await _is_told(tx, account_id, kind, from_account_id, status_id):
        return
    treatment = await treatment_of(server, tx, account_id, kind, from_account_id, status_id)
    if treatment is Treatment.FILTER:
        await _set_apart(server, tx, account_id, kind, from_account_id, status_id)
    elif treatment is Treatment.ACCEPT:
        await _tell(server, tx, account_id, kind, from_account_id, status_id)


async def notify_all(
    server: Server,
    tx: Transaction,
    account_ids: Sequence[int],
    kind: NotificationKind,
    from_account_id: int,
    status_id: int,
) -> None:
    """Tell many of one thing, also the account that it comes from; who would not hear it is found in one query."""
    rows = await tx.rows(
        "SELECT a.id FROM accounts a WHERE a.id = ANY(?) AND a.domain = '' "
        "AND NOT EXISTS (SELECT 1 FROM blocks WHERE account_id = a.id AND target_id = ?) "
        "AND NOT EXISTS (SELECT 1 FROM blocks WHERE account_id = ? AND target_id = a.id) "
        "AND NOT EXISTS (SELECT 1 FROM mutes WHERE account_id = a.id AND target_id = ? AND hides_notifications = 1 "
        "AND (expires_at IS NULL OR expires_at > ?)) "
        "AND NOT EXISTS (SELECT 1 FROM statuses s JOIN thread_mutes m ON m.thread_id = coalesce(s.thread_id, s.id) "
        "WHERE s.id = ? AND m.account_id = a.id)",
        list(account_ids),
        from_account_id,
        from_account_id,
        from_account_id, server.clock.now(),
        status_id,
    )  # fmt: skip
    for (account_id,) in rows:
        await _tell(server, tx, account_id, kind, from_account_id, status_id)


async def notify_staff(
    server: Server, tx: Transaction, kind: NotificationKind, from_account_id: int, report_id: int | None = None
) -> None:
    """Tell those who keep this server, whomever they hide for themselves; of a newcomer once, and who wants to hear."""
    staff = await list_staff_accounts(tx, who_hear_sign_ups=kind is NotificationKind.SIGN_UP)
    for account_id in staff:
        is_told = report_id is None and await _is_told(tx, account_id, kind, from_account_id, None)
        if account_id != from_account_id and not is_told:
            await _tell(server, tx, account_id, kind, from_account_id, report_id=report_id)


async def forget_newcomers(tx: Transaction) -> None:
    """Nobody is told any more of sign-ups that were turned down."""
    await tx.execute(
        "DELETE FROM notifications WHERE account_id = ANY(?) AND kind = ? "
        "AND NOT EXISTS (SELECT 1 FROM accounts WHERE id = from_account_id)",
        await list_staff_accounts(tx),
        NotificationKind.SIGN_UP.value,
    )


async def _tell(
    server: Server,
    tx: Transaction,
    account_id: int,
    kind: NotificationKind,
    from_account_id: int,
    status_id: int | None = None,
    report_id: int | None = None,
) -> None:
    id = server.ids.next()
    group = group_key_of(id, kind, status_id)
    await tx.insert(notifications, Notification(id, account_id, kind, from_account_id, status_id, report_id, group))
    await queue_pushes(server, tx, account_id, from_account_id, kind, id)
    tx.emit(NotificationCreated(notification_id=id, account_id=account_id))


async def _set_apart(
    server: Server,
    tx: Transaction,
    account_id: int,
    kind: NotificationKind,
    from_account_id: int,
    status_id: int | None,
) -> None:
    """Nobody is disturbed by it: no push, no number on the bell."""
    id = server.ids.next()
    group = group_key_of(id, kind, status_id)
    apart = Notification(id, account_id, kind, from_account_id, status_id, group_key=group, is_apart=True)
    await tx.insert(notifications, apart)
    tx.emit(NotificationSetApart(account_id=account_id, from_account_id=from_account_id))


async def _is_unwanted(
    server: Server, tx: Transaction, account_id: int, from_account_id: int, status_id: int | None
) -> bool:
    return bool(
        await tx.value(
            "SELECT 1 FROM accounts WHERE id = ? AND domain <> '' "
            "UNION ALL SELECT 1 FROM blocks WHERE account_id = ? AND target_id = ? "
            "UNION ALL SELECT 1 FROM blocks WHERE account_id = ? AND target_id = ? "
            "UNION ALL SELECT 1 FROM mutes WHERE account_id = ? AND target_id = ? AND hides_notifications = 1 "
            "AND (expires_at IS NULL OR expires_at > ?) "
            "UNION ALL SELECT 1 FROM statuses s JOIN thread_mutes m ON m.thread_id = coalesce(s.thread_id, s.id) "
            "WHERE s.id = ? AND m.account_id = ? "
            "UNION ALL SELECT 1 FROM accounts WHERE id = ? AND suspended_at IS NOT NULL LIMIT 1",
            account_id,
            account_id, from_account_id,
            from_account_id, account_id,
            account_id, from_account_id, server.clock.now(),
            status_id or 0, account_id,
            from_account_id,
        )
    )  # fmt: skip


async def _is_told(
    tx: Transaction, account_id: int, kind: NotificationKind, from_account_id: int, status_id: int | None
) -> bool:
    if status_id is None:
        sql, values = "account_id = ? AND kind = ? AND from_account_id = ?", (account_id, kind.value, from_account_id)
        return bool(await tx.value(f"SELECT 1 FROM notifications WHERE {sql} LIMIT 1", *values))
    return bool(
        await tx.value(
            "SELECT 1 FROM notifications WHERE status_id = ? AND kind = ? AND from_account_id = ? AND account_id = ?",
            status_id,
            kind.value,
            from_account_id,
            account_id,
        )
    )


async def take_back(
    tx: Transaction, account_id: int, kind: NotificationKind, from_account_id: int, status_id: int | None = None
) -> None:
    """Remove the notification of something that was undone."""
    if status_id is None:
        await tx.execute(
            "DELETE FROM notifications WHERE account_id = ? AND kind = ? AND from_account_id = ?",
            account_id,
            kind.value,
            from_account_id,
        )
    else:
        await tx.execute(
            "DELETE FROM notifications WHERE status_id = ? AND kind = ? AND from_account_id = ?",
            status_id,
            kind.value,
            from_account_id,
        )

"""What was told is put away, and can be brought back for a while."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.notifications.model import UNDO_FOR
from mesange.core.notifications.tables import notifications
from mesange.events.notifications import NotificationsBroughtBack, NotificationsDismissed
from mesange.kit.db import Value
from mesange.kit.errors import NotFound
from mesange.kit.server import Server


async def clear_notifications(server: Server, viewer: Viewer) -> int:
    """All that was told; the moment by which `bring_back` finds them."""
    moment, _count = await _dismiss(server, viewer, "is_apart = 0")
    return moment


async def dismiss_notification(server: Server, viewer: Viewer, notification_id: int) -> int:
    """Raises NotFound for another's."""
    moment, count = await _dismiss(server, viewer, "id = ?", notification_id, notification_id=notification_id)
    if not count:
        raise NotFound()
    return moment


async def dismiss_group(server: Server, viewer: Viewer, key: str) -> int:
    """Everything that stands in one line; what is gone already is gone."""
    moment, _count = await _dismiss(server, viewer, "group_key = ? AND is_apart = 0", key)
    return moment


async def _dismiss(
    server: Server, viewer: Viewer, which: str, *values: Value, notification_id: int | None = None
) -> tuple[int, int]:
    account_id, now = acting_account(viewer), server.clock.now()
    where = f"WHERE account_id = ? AND {which}"
    async with server.db.transaction() as tx:
        await tx.execute(
            f"INSERT INTO dismissed_notifications ({notifications.columns}, dismissed_at) "
            f"SELECT {notifications.columns}, CAST(? AS BIGINT) FROM notifications {where} ON CONFLICT DO NOTHING",
            now,
            account_id,
            *values,
        )
        count = await tx.execute(f"DELETE FROM notifications {where}", account_id, *values)
        tx.emit(NotificationsDismissed(account_id=account_id, notification_id=notification_id))
    return now, count


async def bring_back(server: Server, viewer: Viewer, moment: int) -> None:
    """What the viewer put away at that moment stands where it stood; too late, nothing does."""
    account_id = acting_account(viewer)
    where = "WHERE account_id = ? AND dismissed_at = ?"
    async with server.db.transaction() as tx:
        await tx.execute(
            f"INSERT INTO notifications ({notifications.columns}) SELECT {notifications.columns} "
            f"FROM dismissed_notifications {where} ON CONFLICT DO NOTHING",
            account_id,
            moment,
        )
        await tx.execute(f"DELETE FROM dismissed_notifications {where}", account_id, moment)
        tx.emit(NotificationsBroughtBack(account_id=account_id))


async def forget_dismissed(server: Server) -> None:
    """What nobody wants back any more."""
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM dismissed_notifications WHERE dismissed_at < ?", server.clock.now() - UNDO_FOR)

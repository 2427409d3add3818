"""Notifications one by one, and how many are new."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.accounts.queries import only_standing, standings_of
from mesange.core.follows.queries import relations_of
from mesange.core.notifications.model import FOR_STAFF, Notification
from mesange.core.notifications.tables import notifications
from mesange.kit.db import Reader, Value
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server

STAFF_KINDS = [kind.value for kind in FOR_STAFF]


@dataclass(frozen=True, slots=True)
class NotificationFilter:
    kinds: Sequence[str] = ()
    excluded_kinds: Sequence[str] = ()
    from_account_id: int = 0


EVERYTHING = NotificationFilter()


async def list_notifications(
    server: Server, viewer: Viewer, page: Page, only: NotificationFilter
) -> list[Notification]:
    """The viewer's notifications, newest first, without those from accounts they hide."""
    where, values = await heard(server, viewer, only, "n")
    rows = await server.db.rows(
        f"SELECT {notifications.columns_of('n')} FROM notifications n WHERE {where} AND n.id < ? AND n.id > ? "
        f"ORDER BY n.id {page.order} LIMIT ?",
        *values,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([notifications.load(row) for row in rows])


async def heard(server: Server, viewer: Viewer, only: NotificationFilter, table: str) -> tuple[str, list[Value]]:
    """A condition and its values: what the viewer wants to and may hear; `table` is its name in the query."""
    where, values = [f"{table}.account_id = ?", f"{table}.is_apart = 0"], list[Value]([acting_account(viewer)])
    if only.kinds:
        where.append(f"{table}.kind = ANY(?)")
        values.append(list(only.kinds))
    if only.excluded_kinds:
        where.append(f"{table}.kind <> ALL(?)")
        values.append(list(only.excluded_kinds))
    if only.from_account_id:
        where.append(f"{table}.from_account_id = ?")
        values.append(only.from_account_id)
    if viewer.role.rank == 0:
        where.append(f"{table}.kind <> ALL(?)")
        values.append(STAFF_KINDS)
    hidden = (await relations_of(server, viewer.account_id)).silent
    if hidden:
        where.append(f"({table}.from_account_id <> ALL(?) OR {table}.kind = ANY(?))")
        values += [sorted(hidden), STAFF_KINDS]
    standing = only_standing(await standings_of(server), f"{table}.from_account_id", also_limited=False)
    return " AND ".join(where) + standing, values


async def get_notification(db: Reader, viewer: Viewer, notification_id: int) -> Notification:
    """Raises NotFound for another's."""
    found = await find_notification(db, acting_account(viewer), notification_id)
    if found is None:
        raise NotFound()
    return found


async def find_notification(db: Reader, account_id: int, notification_id: int) -> Notification | None:
    row = await db.row(
        f"SELECT {notifications.columns} FROM notifications WHERE id = ? AND account_id = ?",
        notification_id,
        account_id,
    )
    return notifications.load(row) if row else None


async def count_unread(db: Reader, account_id: int, limit: int = 100) -> int:
    """Notifications after the read marker, counted up to `limit`."""
    read = await db.value(
        "SELECT last_read_id FROM markers WHERE account_id = ? AND timeline = 'notifications'", account_id
    )
    return await db.value(
        "SELECT count(*) FROM "
        "(SELECT id FROM notifications WHERE account_id = ? AND is_apart = 0 AND id > ? LIMIT ?) unread",
        account_id,
        read or 0,
        limit,
    )

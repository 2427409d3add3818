"""What waits from people whom one does not know."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.accounts.queries import only_standing, standings_of
from mesange.core.follows.queries import relations_of
from mesange.core.notifications.model import NotificationPolicy, NotificationRequest
from mesange.core.notifications.tables import policies
from mesange.kit.db import Reader, Value
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server

REQUEST = "n.from_account_id, count(*), min(n.id), max(n.id), max(n.status_id)"


async def get_policy(db: Reader, account_id: int) -> NotificationPolicy:
    """The account's own, or what holds where it said nothing."""
    row = await db.row(f"SELECT {policies.columns} FROM notification_policies WHERE account_id = ?", account_id)
    return policies.load(row) if row else NotificationPolicy(account_id)


async def list_requests(server: Server, viewer: Viewer, page: Page) -> list[NotificationRequest]:
    """Who wants to be heard, newest first; cursors are the ids of their newest."""
    where, values = await _waiting(server, viewer)
    rows = await server.db.rows(
        f"SELECT {REQUEST} FROM notifications n WHERE {where} GROUP BY n.from_account_id "
        f"HAVING max(n.id) < ? AND max(n.id) > ? ORDER BY max(n.id) {page.order} LIMIT ?",
        *values,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([NotificationRequest(*row) for row in rows])


async def get_request(server: Server, viewer: Viewer, from_account_id: int) -> NotificationRequest:
    """Raises NotFound."""
    where, values = await _waiting(server, viewer)
    row = await server.db.row(
        f"SELECT {REQUEST} FROM notifications n WHERE {where} AND n.from_account_id = ? GROUP BY n.from_account_id",
        *values,
        from_account_id,
    )
    if row is None:
        raise NotFound()
    return NotificationRequest(*row)


async def count_requests(server: Server, viewer: Viewer) -> tuple[int, int]:
    """How many people wait, and with how much."""
    where, values = await _waiting(server, viewer)
    row = await server.db.row(
        f"SELECT count(DISTINCT n.from_account_id), count(*) FROM notifications n WHERE {where}", *values
    )
    return (row[0], row[1]) if row else (0, 0)


async def _waiting(server: Server, viewer: Viewer) -> tuple[str, list[Value]]:
    where, values = "n.account_id = ? AND n.is_apart = 1", list[Value]([acting_account(viewer)])
    if hidden := (await relations_of(server, viewer.account_id)).silent:
        where += " AND n.from_account_id <> ALL(?)"
        values.append(sorted(hidden))
    return where + only_standing(await standings_of(server), "n.from_account_id", also_limited=False), values

"""Notifications as lines: what many did to one post, and who follows since the same half day, told once."""

from collections.abc import Sequence
from itertools import groupby

from mesange.core.accounts.model import Viewer
from mesange.core.notifications.model import ALONE, Notification, NotificationGroup
from mesange.core.notifications.queries.listing import EVERYTHING, NotificationFilter, heard
from mesange.core.notifications.tables import notifications
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server

SHOWN = 8
"""How many of a group come along; the rest is asked for."""


async def list_groups(
    server: Server, viewer: Viewer, page: Page, only: NotificationFilter = EVERYTHING
) -> list[NotificationGroup]:
    """The viewer's groups, each where its newest stands: two queries. Cursors are ids of the newest."""
    where, values = await heard(server, viewer, only, "n")
    newer, newer_values = await heard(server, viewer, only, "m")
    rows = await server.db.rows(
        f"SELECT {notifications.columns_of('n')} FROM notifications n WHERE {where} AND n.id < ? AND n.id > ? "
        f"AND NOT EXISTS (SELECT 1 FROM notifications m WHERE {newer} AND m.group_key = n.group_key AND m.id > n.id) "
        f"ORDER BY n.id {page.order} LIMIT ?",
        *values,
        page.below,
        page.above,
        *newer_values,
        page.limit,
    )
    newest = page.newest_first([notifications.load(row) for row in rows])
    return await _filled(server, viewer, newest, only)


async def get_group(server: Server, viewer: Viewer, key: str) -> NotificationGroup:
    """Raises NotFound when none of it is, or is no longer, the viewer's to hear."""
    found = await list_in_group(server, viewer, key, Page(1))
    if not found:
        raise NotFound()
    return (await _filled(server, viewer, found, EVERYTHING))[0]


async def list_in_group(server: Server, viewer: Viewer, key: str, page: Page) -> list[Notification]:
    """Everything in one group, newest first."""
    where, values = await heard(server, viewer, EVERYTHING, "n")
    rows = await server.db.rows(
        f"SELECT {notifications.columns_of('n')} FROM notifications n WHERE {where} AND n.group_key = ? AND n.id < ? "
        f"AND n.id > ? ORDER BY n.id {page.order} LIMIT ?",
        *values,
        key,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([notifications.load(row) for row in rows])


async def _filled(
    server: Server, viewer: Viewer, newest: Sequence[Notification], only: NotificationFilter
) -> list[NotificationGroup]:
    """The groups of these, in their order; what stands alone is not asked for again."""
    keys = [each.group_key for each in newest if not each.group_key.startswith(ALONE)]
    groups = await _together(server, viewer, keys, only) if keys else {}
    return [groups.get(each.group_key) or NotificationGroup([each], 1, each.id) for each in newest]


async def _together(
    server: Server, viewer: Viewer, keys: list[str], only: NotificationFilter
) -> dict[str, NotificationGroup]:
    where, values = await heard(server, viewer, only, "n")
    rows = await server.db.rows(
        f"SELECT * FROM (SELECT {notifications.columns_of('n')}, count(*) OVER whole, min(n.id) OVER whole, "
        f"row_number() OVER (PARTITION BY n.group_key ORDER BY n.id DESC) AS place FROM notifications n "
        f"WHERE {where} AND n.group_key = ANY(?) WINDOW whole AS (PARTITION BY n.group_key)) numbered "
        "WHERE place <= ? ORDER BY group_key, place",
        *values,
        keys,
        SHOWN,
    )
    width, key_at = len(notifications.fields), list(notifications.fields).index("group_key")
    groups = {key: list(members) for key, members in groupby(rows, lambda row: row[key_at])}
    return {
        str(key): NotificationGroup(
            [notifications.load(row[:width]) for row in members], members[0][width], members[0][width + 1]
        )
        for key, members in groups.items()
    }

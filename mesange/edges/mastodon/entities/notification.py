"""Notification: who did what, with the status or the report it is about."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer
from mesange.core.moderation.queries import load_reports
from mesange.core.notifications.model import Notification
from mesange.core.statuses.queries import only_visible
from mesange.edges.mastodon.entities.account import accounts_bytes
from mesange.edges.mastodon.entities.report import reports_bytes
from mesange.edges.mastodon.entities.status import statuses_bytes
from mesange.kit.clock import iso
from mesange.kit.ids import time_of
from mesange.kit.server import Server


async def notification_list(server: Server, viewer: Viewer, found: Sequence[Notification]) -> bytes:
    """Those whose status the viewer may still see, in order; what only staff may read was asked for by staff."""
    wanted = [each.status_id for each in found if each.status_id]
    visible = [status.id for status in await only_visible(server, viewer, list(dict.fromkeys(wanted)))]
    statuses = await statuses_bytes(server, viewer.account_id, visible)
    accounts = await accounts_bytes(server, [each.from_account_id for each in found])
    filed = await load_reports(server.db, [each.report_id for each in found if each.report_id])
    reports = await reports_bytes(server, list(filed.values()))
    made = [
        _notification(
            each, accounts[each.from_account_id], statuses.get(each.status_id or 0), reports.get(each.report_id or 0)
        )
        for each in found
        if each.from_account_id in accounts
        and (each.status_id is None or each.status_id in statuses)
        and (each.report_id is None or each.report_id in reports)
    ]
    return b"[" + b",".join(made) + b"]"


def _notification(notification: Notification, account: bytes, status: bytes | None, report: bytes | None) -> bytes:
    about = b',"status":' + status if status else b',"report":' + report if report else b""
    return (
        f'{{"id":"{notification.id}","type":"{notification.kind.value}",'
        f'"created_at":"{iso(time_of(notification.id))}","group_key":"ungrouped-{notification.id}","account":'
    ).encode() + (account + about + b"}")

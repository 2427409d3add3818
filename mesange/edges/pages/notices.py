"""Notifications as lines of a page or a column: which ones, what each says, how far they were read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mesange.core.accounts.actions.markers import move_marker
from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts, read_markers
from mesange.core.notifications.model import Notification, NotificationGroup, NotificationKind
from mesange.core.notifications.queries import NotificationFilter, list_groups
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import only_visible
from mesange.front.cards import cards_of
from mesange.front.faces import account_view
from mesange.front.views import Card, NotificationView
from mesange.front.visit import Visit
from mesange.kit.ids import time_of
from mesange.kit.paging import Page
from mesange.kit.text import excerpt

AS_CARDS = (NotificationKind.MENTION, NotificationKind.STATUS)
EXCERPT = 120
KINDS: Mapping[str, tuple[NotificationKind, ...]] = {
    "": (),
    "mention": (NotificationKind.MENTION,),
    "favourite": (NotificationKind.FAVOURITE,),
    "reblog": (NotificationKind.REBLOG,),
    "follow": (NotificationKind.FOLLOW, NotificationKind.FOLLOW_REQUEST),
    "poll": (NotificationKind.POLL,),
    "status": (NotificationKind.STATUS, NotificationKind.UPDATE),
}
"""What each choice of the page shows; "" is everything."""


async def pick_notices(visit: Visit, window: Page, choice: str) -> list[NotificationGroup]:
    return await list_groups(visit.server, visit.viewer, window, NotificationFilter(kinds=KINDS[choice]))


async def read_until(visit: Visit) -> int:
    markers = await read_markers(visit.server.db, visit.viewer.account_id, ["notifications"])
    return markers[0][1] if markers else 0


async def mark_read(visit: Visit, newest: int, read: int | None = None) -> None:
    """What was shown is read, in every client; never back to what was read before, nor while one only looks on."""
    if not visit.looks_on and newest > (await read_until(visit) if read is None else read):
        await move_marker(visit.server, visit.viewer, "notifications", newest)


async def views_of(visit: Visit, groups: Sequence[NotificationGroup], read: int) -> list[NotificationView]:
    """Those that the viewer's filters let through; above `read` they are new."""
    accounts = await load_accounts(visit.server, {each.from_account_id for group in groups for each in group.shown})
    about = {group.newest.status_id: None for group in groups if group.newest.status_id}
    statuses = {each.id: each for each in await only_visible(visit.server, visit.viewer, list(about))}
    told = [group.newest.status_id for group in groups if group.newest.status_id and group.newest.kind in AS_CARDS]
    cards = {card.cursor: card for card in await cards_of(visit, told, "notifications")}
    views = [
        _view(
            visit, group, [accounts[each.from_account_id] for each in group.shown if each.from_account_id in accounts]
        )
        for group in groups
        if _is_shown(group.newest, statuses, cards)
    ]
    return [
        replace(
            view,
            is_unread=int(view.cursor) > read,
            card=cards.get(view.about) if view.kind in AS_CARDS else None,
            excerpt=excerpt(statuses[int(view.about)].text, EXCERPT) if view.about else "",
        )
        for view in views
        if view.people
    ]


def _is_shown(told: Notification, statuses: Mapping[int, Status], cards: Mapping[str, Card]) -> bool:
    """What it tells of is still there for the viewer, and no filter of theirs hides it."""
    return not told.status_id or (
        told.status_id in statuses and (told.kind not in AS_CARDS or str(told.status_id) in cards)
    )


def _view(visit: Visit, group: NotificationGroup, people: Sequence[Account]) -> NotificationView:
    newest = group.newest
    return NotificationView(
        id=group.key,
        cursor=str(newest.id),
        kind=newest.kind.value,
        people=tuple(account_view(visit.server, account) for account in people),
        count=group.count,
        created_at=time_of(newest.id),
        about=str(newest.status_id or ""),
        url=_address(newest),
    )


def _address(notification: Notification) -> str:
    """Where one reads what it tells of; "" for what has no page of its own."""
    if notification.report_id:
        return f"/admin/reports/{notification.report_id}"
    if notification.kind is NotificationKind.SIGN_UP:
        return f"/admin/accounts/{notification.from_account_id}"
    return f"/statuses/{notification.status_id}" if notification.status_id else ""

"""What concerns the viewer: answers, favourites, boosts, followers."""

from dataclasses import replace

from mesange.core.accounts.actions.markers import move_marker
from mesange.core.accounts.queries import load_accounts, read_markers
from mesange.core.notifications.actions import clear_notifications
from mesange.core.notifications.model import Notification, NotificationKind
from mesange.core.notifications.queries import NotificationFilter, list_notifications
from mesange.core.statuses.queries import only_visible
from mesange.edges.pages.around import busy_hashtags
from mesange.edges.pages.cards import cards_of
from mesange.edges.pages.faces import account_view
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.edges.pages.views import NotificationView
from mesange.edges.pages.visit import Visit
from mesange.kit.ids import time_of
from mesange.kit.paging import Page as Window
from mesange.kit.text import excerpt
from mesange.kit.web.response import Response

AS_CARDS = (NotificationKind.MENTION, NotificationKind.STATUS)
EXCERPT = 120


async def show(visit: Visit) -> Response:
    """Reading the first page moves the marker: what was shown is read, in every client."""
    tab = "mention" if visit.text("only") == "mention" else "all"
    window = window_of(visit)
    found = await pick_notifications(visit, window, only_mentions=tab == "mention")
    read = await read_until(visit)
    shown = await views_of(visit, found, read)
    if found and tab == "all" and found[0].id > read:
        await move_marker(visit.server, visit.viewer, "notifications", found[0].id)
    more = (("only", "mention"),) if tab == "mention" else ()
    page = page_of(window, [each.id for each in found], Feed("/notifications", more=more))
    page = replace(page, is_hidden=bool(found) and not shown)
    return await visit.page(
        "notifications.html",
        place="bell",
        notifications=shown,
        tab=tab,
        page=page,
        hashtags=await busy_hashtags(visit.server),
    )


async def pick_notifications(visit: Visit, window: Window, *, only_mentions: bool) -> list[Notification]:
    only = NotificationFilter(kinds=(NotificationKind.MENTION,) if only_mentions else ())
    return await list_notifications(visit.server, visit.viewer, window, only)


async def read_until(visit: Visit) -> int:
    markers = await read_markers(visit.server.db, visit.viewer.account_id, ["notifications"])
    return markers[0][1] if markers else 0


async def views_of(visit: Visit, found: list[Notification], read: int) -> list[NotificationView]:
    """Those that the viewer's filters let through; above `read` they are new."""
    accounts = await load_accounts(visit.server, {each.from_account_id for each in found})
    about = [each.status_id for each in found if each.status_id]
    statuses = {each.id: each for each in await only_visible(visit.server, visit.viewer, about)}
    cards = await cards_of(
        visit, [each.status_id for each in found if each.status_id and each.kind in AS_CARDS], "notifications"
    )
    by_id = {card.cursor: card for card in cards}
    views: list[NotificationView] = []
    for each in found:
        status = statuses.get(each.status_id or 0)
        card = by_id.get(str(each.status_id)) if each.kind in AS_CARDS else None
        if each.from_account_id not in accounts or (each.status_id and status is None):
            continue
        if each.kind in AS_CARDS and card is None:  # The viewer's filters hide it.
            continue
        views.append(
            NotificationView(
                id=str(each.id),
                kind=each.kind.value,
                account=account_view(visit.server, accounts[each.from_account_id]),
                created_at=time_of(each.id),
                is_unread=each.id > read,
                card=card,
                excerpt=excerpt(status.text, EXCERPT) if status else "",
                url=_address(each),
            )
        )
    return views


def _address(notification: Notification) -> str:
    """Where one reads what it tells of; "" for what has no page of its own."""
    if notification.report_id:
        return f"/admin/reports/{notification.report_id}"
    if notification.kind is NotificationKind.SIGN_UP:
        return f"/admin/accounts/{notification.from_account_id}"
    return f"/statuses/{notification.status_id}" if notification.status_id else ""


async def clear(visit: Visit) -> Response:
    await clear_notifications(visit.server, visit.viewer)
    return visit.back("/notifications", told="cleared")

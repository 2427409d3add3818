"""What concerns the viewer: answers, favourites, boosts, followers; what comes while the page is open."""

from dataclasses import replace

from mesange.core.notifications.actions.dismissing import bring_back, clear_notifications, dismiss_group
from mesange.core.notifications.queries import count_requests, get_group, list_in_group
from mesange.edges.pages.around import busy_hashtags
from mesange.edges.pages.channels import notice_channel, status_channel
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.edges.pages.live import BEHIND, MOST_BEHIND, newer_than, news, own_channels, shown_posts
from mesange.edges.pages.notices import KINDS, mark_read, pick_notices, read_until, views_of
from mesange.edges.pages.people import people
from mesange.front.guard import safe_return
from mesange.front.visit import Visit, templates
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response
from mesange.kit.web.streams import EventStream, stream_events

WHO = {
    "favourite": _("Who made it a favourite"),
    "reblog": _("Who boosted it"),
    "follow": _("New followers"),
    "admin.sign_up": _("New here"),
}


def _choice(visit: Visit) -> str:
    return only if (only := visit.text("only")) in KINDS else ""


async def show(visit: Visit) -> Response:
    """Reading the first page of everything moves the marker: what was shown is read, in every client."""
    choice, window = _choice(visit), window_of(visit)
    found = await pick_notices(visit, window, choice)
    read = await read_until(visit)
    shown = await views_of(visit, found, read)
    if found and not choice:
        await mark_read(visit, found[0].newest.id, read)
    more = (("only", choice),) if choice else ()
    stream = f"/live/notifications?only={choice}" if choice else "/live/notifications"
    page = page_of(window, [each.newest.id for each in found], Feed("/notifications", stream, more))
    return await visit.page(
        "notifications.html",
        place="bell",
        notifications=shown,
        choice=choice,
        waiting=(await count_requests(visit.server, visit.viewer))[0],
        page=replace(page, is_hidden=bool(found) and not shown),
        hashtags=await busy_hashtags(visit.server),
    )


async def follow(visit: Visit) -> None:
    """Server-sent events for the open page; `after` is the newest id it has."""
    choice = _choice(visit)

    async def missed(_stream: EventStream) -> bytes:
        behind = await pick_notices(visit, newer_than(visit.text("after"), MOST_BEHIND + 1), choice)
        if len(behind) > MOST_BEHIND:
            return BEHIND.sse
        return b"".join(news(group.newest.id).sse for group in reversed(behind))

    told = [notice_channel(visit.viewer.account_id, kind) for kind in KINDS[choice] or ("",)]
    shown = [status_channel(id) for id in await shown_posts(visit)]
    await stream_events(visit.request, visit.server.live, [*told, *shown, *own_channels(visit)], [], missed)


async def cards(visit: Visit) -> Response:
    """The lines that are newer than `after`, each whole with what it held before; shown, they are read."""
    choice = _choice(visit)
    found = await pick_notices(visit, newer_than(visit.text("after")), choice)
    shown = await views_of(visit, found, await read_until(visit))
    if found and not choice:
        await mark_read(visit, found[0].newest.id)
    line = templates().macro(visit.language, "notification.html", "notification", await visit.frame())
    return visit.fragment("".join(line(each, is_new=True) for each in shown))


async def show_group(visit: Visit) -> Response:
    """Everyone in one line."""
    key, window = visit.request.segments["key"], window_of(visit, 40)
    group = await get_group(visit.server, visit.viewer, key)
    found = await list_in_group(visit.server, visit.viewer, key, window)
    rows = [(each.id, each.from_account_id) for each in found]
    title = visit.gettext(WHO.get(group.newest.kind.value, _("Notifications")))
    return await people(visit, title, rows, window, Feed(f"/notifications/{key}"))


async def mark(visit: Visit) -> Response:
    """What was seen elsewhere, in a column of a deck, is read."""
    await mark_read(visit, visit.id("until"))
    return visit.fragment("")


async def clear(visit: Visit) -> Response:
    moment = await clear_notifications(visit.server, visit.viewer)
    return visit.back("/notifications", told=f"cleared-{moment}")


async def dismiss(visit: Visit) -> Response:
    moment = await dismiss_group(visit.server, visit.viewer, visit.request.segments["key"])
    return visit.back(safe_return(visit.fields.get("return")), told=f"dismissed-{moment}")


async def undo(visit: Visit) -> Response:
    await bring_back(visit.server, visit.viewer, visit.request.id("key"))
    return visit.back("/notifications")

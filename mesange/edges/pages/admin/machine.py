"""Parked events and mails: what went wrong behind the scenes, and trying it again."""

from mesange.core.moderation.actions.log import note
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.front.visit import Visit
from mesange.kit.consumers import list_parked
from mesange.kit.progress import Progress
from mesange.kit.web.response import Response


async def show_parked(visit: Visit) -> Response:
    events = await list_parked(visit.server.db)
    return await admin_page(visit, "parked.html", events=events)


async def retry_parked(visit: Visit) -> Response:
    """Of one consumer, or of all."""
    wanted = visit.text("consumer")
    await note(visit.server, visit.viewer, "events tried again", f"consumer:{wanted or '*'}")
    for name, follower in visit.server.of(Progress).consumers.items():
        if wanted in ("", name):
            await follower.retry_parked()
    return visit.back("/admin/parked", told="tried")


async def show_mails(visit: Visit) -> Response:
    window = window_of(visit, 50)
    mails = await visit.server.mail.list_page(window, only_failed=bool(visit.text("failed")))
    more = (("failed", "1"),) if visit.text("failed") else ()
    return await admin_page(
        visit,
        "mails.html",
        mails=mails,
        only_failed=bool(visit.text("failed")),
        page=page_of(window, [mail.id for mail in mails], Feed("/admin/mails", more=more)),
    )

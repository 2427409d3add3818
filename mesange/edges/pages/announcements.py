"""What the people who keep this server tell, on top of the home until it is put away."""

from dataclasses import dataclass

from markupsafe import Markup

from mesange.core.announcements.actions import dismiss_announcement
from mesange.core.announcements.queries import list_announcements, list_unread_announcements
from mesange.front.content import accounts_named_in, html_of
from mesange.front.views import Ids, Milliseconds
from mesange.front.visit import Visit
from mesange.kit.web.response import Response


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """What is told to everyone here, and when what it tells of happens."""

    id: Ids
    content: Markup
    starts_at: Milliseconds | None = None
    ends_at: Milliseconds | None = None
    all_day: bool = False


async def announcements_for(visit: Visit) -> tuple[AnnouncementView, ...]:
    """Those that a member has not put away; for visitors, who put nothing away, all of them."""
    if visit.viewer.is_visitor:
        found = await list_announcements(visit.server)
    else:
        found = await list_unread_announcements(visit.server, visit.viewer)
    if not found:
        return ()
    names = await accounts_named_in(visit.server, [each.text for each in found])
    return tuple(
        AnnouncementView(
            str(each.id), html_of(visit.server, each.text, names), each.starts_at, each.ends_at, each.all_day
        )
        for each in found
    )


async def dismiss(visit: Visit) -> Response:
    await dismiss_announcement(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back("/")

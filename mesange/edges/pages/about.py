"""What this place is, who keeps it, and where its program comes from."""

from mesange import __version__
from mesange.core.accounts.queries import count_people
from mesange.core.statuses.queries import count_statuses
from mesange.edges.pages.around import busy_hashtags
from mesange.front.visit import Visit
from mesange.kit.clock import DAY
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response

WITHOUT_ONE = _("A small place to write short and read well.")
"""What a place is called that has not described itself: the setting's own words, here for the catalogue."""


async def show(visit: Visit) -> Response:
    server = visit.server
    accounts, active = await count_people(server.db, server.clock.now() - 30 * DAY)
    return await visit.page(
        "about.html",
        description=visit.gettext(server.settings.description),
        contact=server.settings.contact_email,
        source=server.settings.source_url,
        version=__version__,
        hashtags=await busy_hashtags(server),
        accounts=accounts,
        active=active,
        posts=await count_statuses(server.db),
    )

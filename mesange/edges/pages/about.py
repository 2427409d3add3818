"""What this place is, who keeps it, and where its program comes from."""

from mesange import __version__
from mesange.core.accounts.queries import count_people
from mesange.core.statuses.queries import count_statuses
from mesange.edges.pages.around import busy_hashtags
from mesange.edges.pages.visit import Visit
from mesange.kit.clock import DAY
from mesange.kit.web.response import Response


async def show(visit: Visit) -> Response:
    server = visit.server
    accounts, active = await count_people(server.db, server.clock.now() - 30 * DAY)
    return await visit.page(
        "about.html",
        description=server.settings.description,
        contact=server.settings.contact_email,
        source=server.settings.source_url,
        version=__version__,
        hashtags=await busy_hashtags(server),
        accounts=accounts,
        active=active,
        posts=await count_statuses(server.db),
    )

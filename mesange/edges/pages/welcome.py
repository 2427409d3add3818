"""The server's home as somebody meets it who has no account here: what this place is, and what is alive in it now."""

from mesange.core.accounts.queries import count_people
from mesange.core.moderation.queries import list_rules
from mesange.core.statuses.queries import count_statuses
from mesange.core.timelines.queries import Origin, list_public
from mesange.core.upkeep.queries import banner_of, logo_of, site_pictures
from mesange.edges.pages.announcements import announcements_for
from mesange.edges.pages.around import busy_hashtags
from mesange.edges.pages.descriptions import described_site
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.edges.pages.site import keeper
from mesange.front.cards import cards_of
from mesange.front.visit import Visit
from mesange.kit.clock import DAY
from mesange.kit.web.response import Response

SHOWN = 6
"""Posts: enough to hear the place, few enough that the first page asks for few pictures."""
MOST_RULES = 4
"""Of the rules, as many are named as stand in a line or two; the page of rules has all of them."""


async def welcome(visit: Visit) -> Response:
    server, window = visit.server, window_of(visit, SHOWN)
    ids = await list_public(server, visit.viewer, window, Origin(local=True))
    accounts, active = await count_people(server.db, server.clock.now() - 30 * DAY)
    rules = [rule.text_in(visit.language).rstrip(".") for rule in await list_rules(server.db)]
    pictures = await site_pictures(server)
    description = visit.gettext(server.settings.description)
    return await visit.page(
        "welcome.html",
        place="home",
        description=description,
        rules=rules[:MOST_RULES],
        has_more_rules=len(rules) > MOST_RULES,
        keeper=await keeper(visit),
        contact=server.settings.contact_email,
        announcements=await announcements_for(visit),
        described=described_site(server, description, await (banner_of if "banner" in pictures else logo_of)(server)),
        logo=await logo_of(server) if "logo" in pictures else "",
        banner=await banner_of(server) if "banner" in pictures else "",
        cards=await cards_of(visit, ids),
        page=page_of(window, ids, Feed("/local", "/live/local")),
        hashtags=await busy_hashtags(server),
        accounts=accounts,
        active=active,
        posts=await count_statuses(server.db),
    )

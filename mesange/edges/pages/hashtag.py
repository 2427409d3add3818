"""The page of a hashtag."""

from urllib.parse import quote

from mesange.core.lists.queries import find_followed_names
from mesange.edges.pages.around import busy_hashtags
from mesange.edges.pages.descriptions import described_hashtag
from mesange.edges.pages.lists import Feed, page_filled, window_of
from mesange.edges.pages.sources import SOURCES
from mesange.front.cards import cards_of
from mesange.front.filtering import filled_page
from mesange.front.visit import Visit
from mesange.kit.errors import NotFound
from mesange.kit.text import hashtag_name, is_hashtag
from mesange.kit.web.response import Response


async def show(visit: Visit) -> Response:
    name = visit.request.segments["name"].removeprefix("#")
    if not is_hashtag(name):
        raise NotFound()
    window = window_of(visit)
    source = SOURCES["hashtag"]
    pick, _channel = await source.open(visit, name)
    filled = await filled_page(visit, window, pick, source.context)
    path = f"/tags/{quote(name)}"
    return await visit.page(
        "hashtag.html",
        place="",
        hashtag=name,
        page_url=path,
        is_followed=bool(await find_followed_names(visit.server.db, visit.viewer.account_id, [hashtag_name(name)])),
        described=described_hashtag(visit.server, name),
        cards=await cards_of(visit, filled.ids, source.context),
        page=page_filled(window, filled, Feed(path, f"/live/hashtag?of={quote(name)}")),
        hashtags=await busy_hashtags(visit.server),
    )

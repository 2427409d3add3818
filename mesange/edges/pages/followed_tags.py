"""Hashtags whose posts come to one's home."""

from collections.abc import Awaitable, Callable, Mapping

from mesange.core.accounts.model import Viewer
from mesange.core.lists.actions import follow_hashtag, unfollow_hashtag
from mesange.core.lists.model import MOST_FOLLOWED_HASHTAGS
from mesange.core.lists.queries import list_followed_hashtags
from mesange.front.content import hashtag_url
from mesange.front.guard import safe_return
from mesange.front.visit import Visit
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.kit.web.response import Response

ACTIONS: Mapping[str, Callable[[Server, Viewer, str], Awaitable[None]]] = {
    "follow": follow_hashtag,
    "unfollow": unfollow_hashtag,
}


async def show(visit: Visit) -> Response:
    followed = await list_followed_hashtags(visit.server.db, visit.viewer, Page(limit=MOST_FOLLOWED_HASHTAGS))
    words = sorted((each.written, hashtag_url(each.written)) for each in followed)
    return await visit.page("settings_tags.html", place="gear", words=words)


async def change(visit: Visit) -> Response:
    action = ACTIONS.get(visit.request.segments["verb"])
    if action is None:
        raise NotFound()
    await action(visit.server, visit.viewer, visit.request.segments["name"])
    return visit.back(safe_return(visit.fields.get("return")), told="saved")

"""The live side of a page: a stream that says what is new, and the new posts themselves when one asks for them.

The stream carries ids and numbers only, the same bytes to everyone; posts are read by the usual way, so that what the
viewer may not see never travels, and a page that slept catches up by its last id.
"""

import msgspec

from mesange.core.statuses.queries import only_visible
from mesange.edges.pages.channels import person_channel, status_channel
from mesange.edges.pages.sources import SOURCES, Source
from mesange.front.cards import cards_of
from mesange.front.filtering import not_hidden
from mesange.front.visit import Visit, id_in, templates
from mesange.kit.errors import NotFound
from mesange.kit.live import Message
from mesange.kit.paging import Page, page_from
from mesange.kit.web.response import Response
from mesange.kit.web.streams import EventStream, stream_events

MOST_FOLLOWED = 60
MOST_BEHIND = 40
"""A page that missed more is told so, and is read anew: see live.js."""
BEHIND = Message("behind", b"{}")


async def follow(visit: Visit) -> None:
    """Server-sent events: `post`, `behind`, `gone`, `edit`, `counts`, `unread`. `after` is the newest id
    the page has."""
    source = _source(visit)
    pick, channel = await source.open(visit, visit.text("of"))

    async def catch_up(stream: EventStream) -> bytes:
        missed = await pick(newer_than(visit.text("after"), MOST_BEHIND + 1))
        if len(missed) > MOST_BEHIND:
            return BEHIND.sse
        return b"".join(news(id).sse for id in reversed(await not_hidden(visit, missed, source.context)))

    channels = [channel, *[status_channel(id) for id in await shown_posts(visit)], *own_channels(visit)]
    await stream_events(visit.request, visit.server.live, channels, [], catch_up)


async def cards(visit: Visit) -> Response:
    """The posts newer than `after`, as a piece of the page; or those of `ids` as they are now."""
    if visit.request.segments["what"] == "posts":
        ids, context = await shown_posts(visit), ""
    else:
        source = _source(visit)
        pick, _channel = await source.open(visit, visit.text("of"))
        ids, context = await pick(newer_than(visit.text("after"))), source.context
    frame = await visit.frame()
    card = templates().macro(visit.language, "cards.html", "card", frame)
    return visit.fragment("".join(card(each, is_new=True) for each in await cards_of(visit, ids, context)))


def _source(visit: Visit) -> Source:
    source = SOURCES.get(visit.request.segments["what"])
    if source is None:
        raise NotFound()
    return source


def own_channels(visit: Visit) -> list[str]:
    """What concerns the person on any page, and what ends their access."""
    if not visit.viewer.session_id:
        return []
    viewer = visit.viewer
    return [person_channel(viewer.account_id), f"session:{viewer.session_id}", f"login:{viewer.user_id}"]


def news(cursor: int) -> Message:
    return Message("post", msgspec.json.encode({"cursor": str(cursor)}))


def asking(cursor: int = 0) -> Message:
    """A list may have news, up to the post of this id: only the list itself knows. The page asks."""
    return Message("ask", msgspec.json.encode({"cursor": str(cursor)}))


def newer_than(after: str, most: int = MOST_BEHIND) -> Page:
    """The newest posts above `after`, so many at most."""
    return page_from(max_id=None, since_id=after, min_id=None, limit=most, default=most, most=most)


async def shown_posts(visit: Visit) -> list[int]:
    """Ids of posts on the page, whose numbers are followed: only those that the viewer may see."""
    asked = [id_in(id) for id in visit.text("ids").split(",")[:MOST_FOLLOWED]]
    return [status.id for status in await only_visible(visit.server, visit.viewer, asked)]

"""The live side of a page: a stream that says what is new, and the new posts themselves when one asks for them.

The stream carries ids and numbers only, the same bytes to everyone; posts are read by the usual way, so that what the
viewer may not see never travels, and a page that slept catches up by its last id.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

import msgspec

from mesange.core.lists.queries import readable_list
from mesange.core.statuses.queries import only_visible
from mesange.core.timelines.queries import (
    HashtagFilter,
    Origin,
    list_account_list,
    list_hashtag,
    list_home,
    list_public,
)
from mesange.edges.pages.cards import cards_of
from mesange.edges.pages.channels import home_channel, person_channel, status_channel, tag_channel
from mesange.edges.pages.open_lists import OpenLists, list_channel
from mesange.edges.pages.visit import Visit, id_in, templates
from mesange.kit.errors import NotFound
from mesange.kit.live import Message
from mesange.kit.paging import Page, page_from
from mesange.kit.web.response import Response
from mesange.kit.web.streams import stream_events

Picker: TypeAlias = Callable[[Visit, Page], Awaitable[list[int]]]
CONTEXTS = {"home": "home", "local": "public", "tag": "public", "list": "home"}
MOST_FOLLOWED = 60
MOST_BEHIND = 40


async def _home(visit: Visit, page: Page) -> list[int]:
    return await list_home(visit.server, visit.viewer, page)


async def _local(visit: Visit, page: Page) -> list[int]:
    return await list_public(visit.server, visit.viewer, page, Origin(local=True))


async def _tag(visit: Visit, page: Page) -> list[int]:
    return await list_hashtag(visit.server, visit.viewer, page, HashtagFilter(visit.text("name")), Origin())


async def _list(visit: Visit, page: Page) -> list[int]:
    """Raises NotFound for a list that the viewer may not read."""
    account_list = await readable_list(visit.server, visit.viewer, visit.id("id"))
    return await list_account_list(visit.server, visit.viewer, account_list, page)


PICKERS: Mapping[str, Picker] = {"home": _home, "local": _local, "tag": _tag, "list": _list}


async def follow(visit: Visit) -> None:
    """Server-sent events: `post`, `gone`, `edit`, `counts`, `unread`. `after` is the newest id the page has."""
    picker = _picker(visit)

    async def missed() -> bytes:
        behind = await picker(visit, _newer_than(visit.text("after")))
        return b"".join(Message("post", msgspec.json.encode({"cursor": str(id)})).sse for id in reversed(behind))

    channels = [await _channel(visit), *[status_channel(id) for id in await _shown(visit)]]
    if visit.viewer.session_id:
        channels += [person_channel(visit.viewer.account_id)]
        channels += [f"session:{visit.viewer.session_id}", f"login:{visit.viewer.user_id}"]
    await stream_events(visit.request, visit.server.live, channels, [], missed)


async def cards(visit: Visit) -> Response:
    """The posts newer than `after`, as a piece of the page; or those of `ids` as they are now."""
    what = visit.request.segments["what"]
    ids = await _shown(visit) if what == "posts" else await _picker(visit)(visit, _newer_than(visit.text("after")))
    frame = await visit.frame()
    card = templates().macro(visit.language, "cards.html", "card", frame)
    return visit.fragment(
        "".join(card(each, is_new=True) for each in await cards_of(visit, ids, CONTEXTS.get(what, "")))
    )


def _picker(visit: Visit) -> Picker:
    what = visit.request.segments["what"]
    if what not in PICKERS or (what == "home" and visit.viewer.is_visitor):
        raise NotFound()
    return PICKERS[what]


async def _channel(visit: Visit) -> str:
    what = visit.request.segments["what"]
    if what == "home":
        return home_channel(visit.viewer.account_id)
    if what == "list":
        account_list = await readable_list(visit.server, visit.viewer, visit.id("id"))
        visit.server.of(OpenLists).ids.add(account_list.id)
        return list_channel(account_list.id, for_owner=account_list.account_id == visit.viewer.account_id)
    return tag_channel(visit.text("name")) if what == "tag" else "page:local"


def _newer_than(after: str) -> Page:
    """The newest posts above `after`; of a long absence only the newest, the rest is on the next pages."""
    return page_from(max_id=None, since_id=after, min_id=None, limit=MOST_BEHIND, default=MOST_BEHIND, most=MOST_BEHIND)


async def _shown(visit: Visit) -> list[int]:
    """Ids of posts on the page, whose numbers are followed: only those that the viewer may see."""
    asked = [id_in(id) for id in visit.text("ids").split(",")[:MOST_FOLLOWED]]
    return [status.id for status in await only_visible(visit.server, visit.viewer, asked)]

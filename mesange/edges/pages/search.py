"""One box for posts, people and hashtags."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from mesange.core.accounts.queries import load_accounts
from mesange.core.follows.model import Relationship
from mesange.core.follows.queries import list_relationships
from mesange.core.search.model import parsed
from mesange.core.search.queries import Search, search_accounts, search_hashtags, search_statuses
from mesange.core.statuses.queries import load_hashtag_uses
from mesange.edges.pages.around import busy_hashtags
from mesange.edges.pages.following import follow_acts
from mesange.edges.pages.highlight import highlighted
from mesange.edges.pages.lists import window_of
from mesange.front.cards import cards_of
from mesange.front.content import hashtag_url
from mesange.front.errors import told_of
from mesange.front.faces import account_view
from mesange.front.limits import SEARCHES, count
from mesange.front.views import Card, HashtagCount, Page, PersonRow, Tab
from mesange.front.visit import Visit
from mesange.kit.errors import MesangeError
from mesange.kit.paging import Page as Window
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Told
from mesange.kit.web.response import Response

MOST_SHOWN_OF_QUERY = 2_000
PEOPLE, HASHTAGS = 40, 40
TABS: Mapping[str, str] = {"posts": _("Posts"), "people": _("People"), "hashtags": _("Hashtags")}


@dataclass(frozen=True, slots=True)
class Found:
    """What one tab shows; the other lists are empty."""

    cards: tuple[Card, ...] = ()
    people: tuple[PersonRow, ...] = ()
    hashtags: tuple[HashtagCount, ...] = ()
    older: str = ""


async def show(visit: Visit) -> Response:
    asked = visit.text("q").strip()[:MOST_SHOWN_OF_QUERY]
    kind = visit.text("type") if visit.text("type") in TABS else "posts"
    found, notices, status = Found(), tuple[Told, ...](), 200
    visit.is_indexable = False
    if asked:
        count(visit, SEARCHES)
        try:
            found = await FINDERS[kind](visit, asked)
        except MesangeError as error:
            if error.http_status != 422:
                raise
            status = error.http_status
            notices = told_of(visit, error) or (Told(visit.gettext(error.public_text), "problem"),)
    return await visit.page(
        "search.html",
        status=status,
        place="search",
        notices=notices,
        asked=asked,
        kind=kind,
        tabs=[Tab(visit.gettext(label), _url(asked, name), name == kind) for name, label in TABS.items()],
        found=found,
        here=_url(asked, kind),
        is_refused=status != 200,
        page=Page(older=found.older),
        hashtags=await busy_hashtags(visit.server),
    )


def _url(asked: str, kind: str, **more: str) -> str:
    return f"/search?{urlencode({'q': asked, 'type': kind, **more})}"


async def _posts(visit: Visit, asked: str) -> Found:
    window = window_of(visit)
    ids, cards = await found_posts(visit, asked, window)
    older = _url(asked, "posts", max_id=str(ids[-1])) if len(ids) == window.limit else ""
    return Found(cards=tuple(cards), older=older)


async def found_posts(visit: Visit, asked: str, window: Window) -> tuple[list[int], list[Card]]:
    """Ids and cards of a page of the posts that are found. Raises Invalid, TooSlow."""
    query = parsed(asked)
    ids = await search_statuses(visit.server, visit.viewer, Search(query, window))
    return ids, highlighted(await cards_of(visit, ids), query)


async def _people(visit: Visit, asked: str) -> Found:
    ids = await search_accounts(visit.server, visit.viewer, asked, limit=PEOPLE)
    accounts = await load_accounts(visit.server, ids)
    with_them = await _relationships(visit, ids)
    rows = [(account_view(visit.server, accounts[id]), with_them.get(id)) for id in ids if id in accounts]
    return Found(people=tuple(PersonRow(view, follow_acts(visit, view, them)) for view, them in rows))


async def _relationships(visit: Visit, ids: list[int]) -> dict[int, Relationship]:
    viewer_id, now = visit.viewer.account_id, visit.server.clock.now()
    found = await list_relationships(visit.server.db, viewer_id, ids, now) if viewer_id else []
    return {each.target_id: each for each in found if each.target_id != viewer_id}


async def _hashtags(visit: Visit, asked: str) -> Found:
    names = await search_hashtags(visit.server.db, asked, limit=HASHTAGS)
    uses = await load_hashtag_uses(visit.server.db, names, visit.server.clock.now())
    return Found(
        hashtags=tuple(HashtagCount(name, hashtag_url(name), sum(day.uses for day in uses[name])) for name in names)
    )


FINDERS = {"posts": _posts, "people": _people, "hashtags": _hashtags}

"""Home, local, favourites and bookmarks: lists of posts."""

from mesange.core.statuses.queries import list_marked
from mesange.edges.pages.announcements import announcements_for
from mesange.edges.pages.around import busy_hashtags
from mesange.edges.pages.drafts import new_draft
from mesange.edges.pages.lists import Feed, page_filled, page_of, window_of
from mesange.edges.pages.sources import SOURCES
from mesange.edges.pages.welcome import welcome
from mesange.front.cards import cards_of
from mesange.front.filtering import filled_page
from mesange.front.views import Draft, Nothing
from mesange.front.visit import Visit
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response, redirect

NOTHING = {
    "home": Nothing(
        _("Your home is quiet"),
        _("Follow a few people and their posts arrive here as they are written."),
        "/local",
        _("See who is here"),
    ),
    "local": Nothing(_("Nobody has spoken yet"), _("The first word is yours."), "/compose", _("Write the first post")),
    "star": Nothing(
        _("No favourites yet"),
        _("Press the star under a post to find it here again."),
        "/local",
        _("See what is said here"),
    ),
    "bookmark": Nothing(
        _("No bookmarks yet"),
        _("Bookmarks are for you alone: press the ribbon under a post."),
        "/local",
        _("See what is said here"),
    ),
}


async def home(visit: Visit) -> Response:
    if visit.suspended:
        return redirect("/settings/moderation")
    if visit.viewer.is_visitor:
        return await welcome(visit)
    draft = await new_draft(visit) if window_of(visit).is_first else None
    return await _show(visit, "home", visit.gettext(_("Home")), Feed("/", "/live/home"), draft)


async def local(visit: Visit) -> Response:
    return await _show(visit, "local", visit.gettext(_("Said here")), Feed("/local", "/live/local"))


async def favourites(visit: Visit) -> Response:
    return await _marked(visit, "favourites", "star", visit.gettext(_("Favourites")))


async def bookmarks(visit: Visit) -> Response:
    return await _marked(visit, "bookmarks", "bookmark", visit.gettext(_("Bookmarks")))


async def _marked(visit: Visit, table: str, place: str, title: str) -> Response:
    window = window_of(visit)
    rows = await list_marked(visit.server.db, table, visit.viewer.account_id, window)
    return await visit.page(
        "timeline.html",
        place=place,
        title=title,
        announcements=(),
        draft=None,
        cards=await cards_of(visit, [id for _row, id in rows]),
        page=page_of(window, [row for row, _id in rows], Feed(f"/{table}")),
        nothing=_translated(visit, NOTHING[place]),
        hashtags=await busy_hashtags(visit.server),
    )


async def _show(visit: Visit, place: str, title: str, feed: Feed, draft: Draft | None = None) -> Response:
    source = SOURCES[place]
    pick, _channel = await source.open(visit, "")
    filled = await filled_page(visit, window_of(visit), pick, source.context)
    return await visit.page(
        "timeline.html",
        place=place,
        title=title,
        announcements=await announcements_for(visit) if draft else (),
        draft=draft,
        cards=await cards_of(visit, filled.ids, source.context),
        page=page_filled(window_of(visit), filled, feed),
        nothing=_translated(visit, NOTHING[place]),
        hashtags=await busy_hashtags(visit.server),
    )


def _translated(visit: Visit, nothing: Nothing) -> Nothing:
    return Nothing(
        visit.gettext(nothing.title),
        visit.gettext(nothing.text),
        nothing.url,
        visit.gettext(nothing.action) if nothing.action else "",
    )

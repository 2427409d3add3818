"""Every place that this reader may go to, in one list: a page, and what the command palette (Ctrl-K) looks through."""

from mesange.core.decks.queries import list_decks
from mesange.core.lists.queries import list_lists
from mesange.edges.pages.admin.sections import menu_of
from mesange.front.visit import Visit, templates
from mesange.kit.web.response import Response


async def show(visit: Visit) -> Response:
    db = visit.server.db
    lists = [(f"/lists/{each.id}", each.title, "list") for each in await list_lists(db, visit.viewer)]
    decks = [(f"/deck/{each.id}", each.title, "deck") for each in await list_decks(db, visit.viewer)]
    sections = menu_of(visit)
    if visit.is_fragment:
        places = templates().macro(visit.language, "places.html", "places", await visit.frame())
        return visit.fragment(places(lists=lists, decks=decks, sections=sections))
    return await visit.page("everywhere.html", place="menu", lists=lists, decks=decks, sections=sections)

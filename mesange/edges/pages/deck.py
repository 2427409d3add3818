"""Decks: one of them with its columns, all of them, a new one."""

from urllib.parse import urlencode

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import list_own_viewers, load_accounts
from mesange.core.decks.actions import create_deck
from mesange.core.decks.model import Column, Deck
from mesange.core.decks.queries import get_deck, list_columns, list_decks, list_own_decks, list_shared_decks
from mesange.core.lists.queries import list_followed_lists, list_lists
from mesange.edges.pages.deck_views import PLACES, column_views, deck_views
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.front.errors import refused
from mesange.front.views import DeckView
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response, redirect

AS_I_ACT = _("The account I act as")


async def open_first(visit: Visit) -> Response:
    """The deck one made first, or all of them when there is none."""
    found = await list_decks(visit.server.db, visit.viewer)
    return redirect(f"/deck/{found[0].id}" if found else "/decks")


async def show_all(visit: Visit) -> Response:
    return await _show_all(visit, Form())


async def _show_all(visit: Visit, form: Form, status: int = 200) -> Response:
    db, window = visit.server.db, window_of(visit)
    own = await list_own_decks(db, visit.viewer) if window.is_first else []
    shared = await list_shared_decks(db, visit.viewer, window)
    return await visit.page(
        "decks.html",
        status=status,
        place="deck",
        own=await deck_views(visit, own),
        shared=await deck_views(visit, shared),
        page=page_of(window, [each.id for each in shared], Feed("/decks")),
        form=form,
    )


async def create(visit: Visit) -> Response:
    title = visit.text("title")
    try:
        made = await create_deck(visit.server, visit.viewer, title)
    except Invalid as error:
        return await _show_all(visit, refused(visit, {"title": title}, error), error.http_status)
    return redirect(f"/deck/{made.id}")


async def show(visit: Visit) -> Response:
    return await show_deck(visit, Form())


async def show_deck(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    """The deck with the form of a new column as it was filled in, and what was wrong with it."""
    deck = await get_deck(visit.server.db, visit.viewer, visit.request.id("id"))
    (view,) = await deck_views(visit, [deck])
    columns = await list_columns(visit.server.db, deck.id)
    held = await list_own_viewers(visit.server, visit.viewer)
    beside = error is not None and not getattr(error, "field", None)
    return await visit.page(
        "deck.html",
        status=error.http_status if error else 200,
        place="deck",
        notices=(Told(visit.gettext(error.public_text), "problem"),) if error and beside else (),
        deck=view,
        columns=await column_views(visit, columns, held),
        form=form,
        kinds=await _kinds(visit) if view.can_change else [],
        readers=await _readers(visit, view, deck, held) if view.can_change else [],
        removed=_removed(visit) if view.can_change else None,
    )


async def _kinds(visit: Visit) -> list[tuple[str, str]]:
    """What a new column may show: the places, then lists that the account one acts as reads."""
    places = [(kind.value, visit.gettext(title)) for kind, (title, _icon, _page) in PLACES.items() if kind != "list"]
    db, viewer = visit.server.db, visit.viewer
    lists = [*await list_lists(db, viewer), *await list_followed_lists(db, viewer)]
    return places + [(f"list:{each.id}", visit.gettext(_("List: %(title)s"), title=each.title)) for each in lists]


async def _readers(visit: Visit, view: DeckView, deck: Deck, held: dict[int, Viewer]) -> list[tuple[str, str]]:
    """As whom a new column may be read, where there is a choice. Others' decks are read as the organization's."""
    accounts = await load_accounts(visit.server, held) if len(held) > 1 else {}
    fitting = [
        accounts[id]
        for id in held
        if id in accounts
        and (not deck.organization_id or accounts[id].organization_id == deck.organization_id)
        and not (deck.organization_id and accounts[id].is_pseudonym)
    ]
    names = [(str(each.id), f"@{each.acct}") for each in fitting]
    return [("", visit.gettext(AS_I_ACT)), *names] if names else []


def removal(column: Column, place: int) -> str:
    """The part of an address that lets the next page put a removed column back."""
    what = f"{column.kind}:{column.value}" if column.kind.needs_value else column.kind.value
    return urlencode({"removed": what, "account": column.account_id or "", "place": place})


def _removed(visit: Visit) -> dict[str, str] | None:
    if not visit.text("removed"):
        return None
    return {"kind": visit.text("removed"), "account": visit.text("account"), "place": visit.text("place")}

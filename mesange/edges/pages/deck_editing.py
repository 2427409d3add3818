"""Changing a deck: its columns, its name, with whom it is shared."""

from collections.abc import Mapping

from mesange.core.accounts.queries import get_account_by_acct
from mesange.core.decks.actions import (
    NewColumn,
    add_column,
    delete_deck,
    move_column,
    remove_column,
    rename_deck,
    share_deck,
)
from mesange.core.decks.model import MOST_COLUMNS, ColumnKind, Deck, checked_kind
from mesange.core.decks.queries import get_changeable_deck, get_own_deck, list_columns
from mesange.core.lists.queries import list_lists
from mesange.core.teams.queries import list_organizations
from mesange.edges.pages.deck import removal, show_deck
from mesange.edges.pages.deck_views import deck_views
from mesange.edges.pages.list_editing import NOBODY
from mesange.front.asking import Question, ask
from mesange.front.errors import refused
from mesange.front.visit import Visit, id_in
from mesange.kit.errors import Gone, Invalid, NotFound
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response, redirect

STEPS: Mapping[str, int] = {"left": -1, "right": 1}
KNOWN_PLACES = tuple(str(place) for place in range(MOST_COLUMNS))


async def add(visit: Visit) -> Response:
    typed = {name: visit.text(name) for name in ("kind", "value", "account")}
    deck_id, place = visit.request.id("id"), visit.text("place")
    try:
        wanted = await _wanted(visit)
        column = await add_column(
            visit.server, visit.viewer, deck_id, wanted, int(place) if place in KNOWN_PLACES else MOST_COLUMNS
        )
    except Invalid as error:
        return await show_deck(visit, refused(visit, typed, error), error)
    return redirect(f"/deck/{deck_id}#column-{column.id}")


async def _wanted(visit: Visit) -> NewColumn:
    """The column that the form asks for. A list of one's own is read as the account whose it is."""
    name, _colon, value = visit.text("kind").partition(":")
    kind, account_id = checked_kind(name), visit.id("account") or None
    value = value or visit.text("value").strip()
    if kind is ColumnKind.PROFILE and not id_in(value):
        value = await _account_named(visit, value)
    if kind is ColumnKind.LIST and account_id is None:
        own = {each.id for each in await list_lists(visit.server.db, visit.viewer)}
        account_id = visit.viewer.account_id if id_in(value) in own else None
    return NewColumn(kind, value, account_id)


async def _account_named(visit: Visit, handle: str) -> str:
    """Raises Invalid beside the field."""
    try:
        return str((await get_account_by_acct(visit.server, handle.removeprefix("@"))).id)
    except (NotFound, Gone):
        raise Invalid(NOBODY, field="value") from None


async def change_column(visit: Visit) -> Response:
    """Move a column by a step or to a place, or remove it. Raises NotFound, Forbidden."""
    deck_id, column_id, verb = visit.request.id("id"), visit.request.id("column"), visit.request.segments["verb"]
    if verb == "remove":
        column, place = await remove_column(visit.server, visit.viewer, deck_id, column_id)
        return redirect(f"/deck/{deck_id}?{removal(column, place)}")
    place = visit.id("place")
    if verb in STEPS:
        await get_changeable_deck(visit.server.db, visit.viewer, deck_id)
        order = [each.id for each in await list_columns(visit.server.db, deck_id)]
        place = max(order.index(column_id) + STEPS[verb], 0) if column_id in order else 0
    elif verb != "place":
        raise NotFound()
    await move_column(visit.server, visit.viewer, deck_id, column_id, place)
    return visit.fragment("") if visit.is_fragment else redirect(f"/deck/{deck_id}#column-{column_id}")


async def edit(visit: Visit) -> Response:
    deck = await get_changeable_deck(visit.server.db, visit.viewer, visit.request.id("id"))
    shared = str(deck.organization_id or "")
    return await _edit(visit, deck, Form.of({"title": deck.title, "organization": shared}))


async def _edit(visit: Visit, deck: Deck, form: Form, status: int = 200) -> Response:
    (view,) = await deck_views(visit, [deck])
    teams = await list_organizations(visit.server.db, visit.viewer.user_id) if view.is_own else []
    return await visit.page(
        "deck_edit.html",
        status=status,
        place="deck",
        deck=view,
        form=form,
        teams=[("", visit.gettext(_("Nobody else"))), *((str(each.id), each.name) for each in teams)] if teams else [],
    )


async def save(visit: Visit) -> Response:
    typed = {name: visit.text(name) for name in ("title", "organization")}
    deck = await get_changeable_deck(visit.server.db, visit.viewer, visit.request.id("id"))
    try:
        await rename_deck(visit.server, visit.viewer, deck.id, typed["title"])
        if "organization" in visit.fields and deck.user_id == visit.viewer.user_id:
            await share_deck(visit.server, visit.viewer, deck.id, visit.id("organization") or None)
    except Invalid as error:
        return await _edit(visit, deck, refused(visit, typed, error), error.http_status)
    return visit.back(f"/deck/{deck.id}", told="saved")


async def ask_delete(visit: Visit) -> Response:
    deck = await get_own_deck(visit.server.db, visit.viewer, visit.request.id("id"))
    question = Question(
        title=_("Delete the deck “%(title)s”?"),
        named={"title": deck.title},
        back=f"/deck/{deck.id}/edit",
        action=f"/deck/{deck.id}/delete",
        text=_("Its columns are forgotten, for everyone who reads it. Posts, lists and people stay."),
        verb=_("Delete the deck"),
    )
    return await ask(visit, question)


async def delete(visit: Visit) -> Response:
    await delete_deck(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back("/decks", told="saved")

"""Filters: what one does not want to see, or not at once."""

from dataclasses import dataclass, replace

from mesange.core.filters.actions import (
    FOR_EVER,
    FilterChoice,
    KeywordChange,
    change_filter,
    create_filter,
    delete_filter,
)
from mesange.core.filters.model import MOST_KEYWORDS, FilterContext, FullFilter
from mesange.core.filters.queries import get_filter, list_filters
from mesange.front.views import Ids, Milliseconds
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response

FIELDS = {"title": "title", "context": "contexts", "filter_action": "action"}
"""Where what the room refuses stands in the form; everything else is about the words."""


@dataclass(frozen=True, slots=True)
class FilterView:
    """`words` one on each line; `expires_at` 0 for ever."""

    id: Ids
    title: str
    words: str
    action: str
    contexts: tuple[str, ...]
    is_whole: bool
    expires_at: Milliseconds = 0
    is_over: bool = False
    posts: int = 0


NEW = FilterView("", "", "", "warn", ("home", "public"), is_whole=True)


async def show(visit: Visit) -> Response:
    return await _page(visit, NEW)


async def edit(visit: Visit) -> Response:
    full = await get_filter(visit.server.db, visit.viewer, visit.request.id("id"))
    return await _page(visit, _view(full, visit.server.clock.now()))


async def _page(visit: Visit, one: FilterView, error: Invalid | None = None) -> Response:
    """The form of `one`, and above that of a new one those there are."""
    found = [] if one.id else await list_filters(visit.server.db, visit.viewer)
    problems = {FIELDS.get(error.field or "", "words"): visit.gettext(error.public_text)} if error else {}
    return await visit.page(
        "settings_filters.html",
        status=error.http_status if error else 200,
        place="gear",
        filters=[_view(full, visit.server.clock.now()) for full in found],
        one=one,
        form=Form.of({"title": one.title, "words": one.words, "action": one.action}, **problems),
    )


def _typed(visit: Visit, one: FilterView) -> FilterView:
    """What was sent, to be sent again."""
    return replace(
        one,
        title=visit.text("title"),
        words=visit.text("words"),
        action=visit.text("action"),
        contexts=tuple(name for name in FilterContext(31).names if visit.text(f"in_{name}")),
        is_whole=bool(visit.text("is_whole")),
    )


def _view(full: FullFilter, now: int) -> FilterView:
    one = full.filter
    return FilterView(
        id=str(one.id),
        title=one.title,
        words="\n".join(each.keyword for each in full.keywords),
        action=one.action.value,
        contexts=tuple(one.contexts.names),
        is_whole=all(each.is_whole_word for each in full.keywords),
        expires_at=one.expires_at or 0,
        is_over=one.expires_at is not None and one.expires_at <= now,
        posts=len(full.statuses),
    )


async def save(visit: Visit) -> Response:
    try:
        await create_filter(visit.server, visit.viewer, replace(_choice(visit), keywords=_new_words(visit, ())))
    except Invalid as error:
        return await _page(visit, _typed(visit, NEW), error)
    return visit.back("/settings/filters", told="saved")


async def change(visit: Visit) -> Response:
    full = await get_filter(visit.server.db, visit.viewer, visit.request.id("id"))
    words = [*_new_words(visit, [each.keyword for each in full.keywords]), *_kept_words(visit, full)]
    choice = replace(_choice(visit), keywords=words)
    try:
        await change_filter(visit.server, visit.viewer, full.filter.id, choice)
    except Invalid as error:
        return await _page(visit, _typed(visit, _view(full, visit.server.clock.now())), error)
    return visit.back("/settings/filters", told="saved")


async def delete(visit: Visit) -> Response:
    await delete_filter(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back("/settings/filters", told="saved")


def _choice(visit: Visit) -> FilterChoice:
    contexts = [name for name in FilterContext(31).names if visit.text(f"in_{name}")]
    lasts = visit.text("lasts")
    return FilterChoice(
        title=visit.text("title"),
        contexts=contexts,
        action=visit.text("action") or "warn",
        expires_in=(int(lasts) if lasts.isascii() and lasts.isdigit() and len(lasts) < 10 else None)
        if lasts
        else FOR_EVER,
    )


def _lines(visit: Visit) -> list[str]:
    lines = (line.strip() for line in visit.text("words").splitlines())
    return [line for line in dict.fromkeys(lines) if line][: MOST_KEYWORDS + 1]


def _new_words(visit: Visit, known: "list[str] | tuple[str, ...]") -> list[KeywordChange]:
    is_whole = bool(visit.text("is_whole"))
    return [KeywordChange(line, is_whole) for line in _lines(visit) if line not in known]


def _kept_words(visit: Visit, full: FullFilter) -> list[KeywordChange]:
    """Those that still stand in the form keep their place; the others end."""
    lines, is_whole = _lines(visit), bool(visit.text("is_whole"))
    return [
        KeywordChange(None, is_whole, each.id) if each.keyword in lines else KeywordChange(id=each.id, is_deleted=True)
        for each in full.keywords
    ]

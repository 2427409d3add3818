"""Paging of lists of posts: which page is asked, where its neighbours are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from mesange.core.filters.queries import Filled
from mesange.front.views import Page
from mesange.front.visit import Visit
from mesange.kit.paging import Cut, Row, Span, page_from
from mesange.kit.paging import Page as Window

PAGE = 20


def window_of(visit: Visit, limit: int = PAGE) -> Window:
    """Raises Invalid when the cursor in the address is no id."""
    return page_from(
        max_id=visit.text("max_id") or None,
        since_id=None,
        min_id=visit.text("min_id") or None,
        limit=limit,
        default=limit,
        most=limit,
    )


@dataclass(frozen=True, slots=True)
class Feed:
    """`stream` is the address of the list's live updates, for its first page only."""

    path: str
    stream: str = ""
    more: tuple[tuple[str, str], ...] = ()


def page_of(window: Window, cursors: Sequence[int], feed: Feed) -> Page:
    """Neighbours of a page, from the cursors of its rows, newest first."""
    return _page(window, cursors, feed, is_full=len(cursors) >= window.limit)


def span_of(visit: Visit, limit: int = 50) -> Span:
    """Which names of a list in their order are asked for."""
    return Span(limit, after=visit.text("after")[:600], before=visit.text("before")[:600])


def page_of_names(cut: Cut[Row], feed: Feed, name: Callable[[Row], str]) -> Page:
    """Neighbours of a page of names: `newer` is the page before, `older` the one after."""
    if not cut.rows:
        return Page()
    before = f"{feed.path}?{urlencode([*feed.more, ('before', name(cut.rows[0]))])}" if cut.has_before else ""
    after = f"{feed.path}?{urlencode([*feed.more, ('after', name(cut.rows[-1]))])}" if cut.has_after else ""
    return Page(older=after, newer=before)


def page_filled(window: Window, filled: Filled, feed: Feed) -> Page:
    """The same of a page from which filters took something."""
    page = _page(window, filled.cursors, feed, is_full=filled.goes_on)
    return replace(page, is_hidden=bool(filled.cursors) and not filled.ids)


def _page(window: Window, cursors: Sequence[int], feed: Feed, *, is_full: bool) -> Page:
    has_older = bool(cursors) and (is_full or window.forwards)
    older = f"{feed.path}?{urlencode([*feed.more, ('max_id', cursors[-1])])}" if has_older else ""
    newer = f"{feed.path}?{urlencode([*feed.more, ('min_id', cursors[0])])}" if cursors and not window.is_first else ""
    if window.forwards and not is_full:
        newer = ""
    live = feed.stream if window.is_first else ""
    return Page(older=older, newer=newer, stream=live, newest=str(cursors[0]) if cursors and live else "0")

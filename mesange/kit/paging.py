"""Paging by id, the same everywhere: `max_id`, `since_id`, `min_id`, `limit`."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from mesange.kit.errors import Invalid
from mesange.kit.ids import HIGHEST_ID, LOWEST_ID

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page:
    """A window of ids, open at both ends.

    Newest first, except that `forwards` takes the rows next above `above` (Mastodon's `min_id`).
    """

    limit: int = 20
    below: int = HIGHEST_ID
    above: int = LOWEST_ID
    forwards: bool = False

    @property
    def order(self) -> str:
        return "ASC" if self.forwards else "DESC"

    @property
    def is_first(self) -> bool:
        return self.below == HIGHEST_ID and self.above == LOWEST_ID

    def newest_first(self, rows: list[Row]) -> list[Row]:
        """Rows as read in `order`, turned the way they are shown."""
        return rows[::-1] if self.forwards else rows


@dataclass(frozen=True, slots=True)
class Span:
    """A window of names in their order: those after `after`, or the last ones before `before`.

    One name more than `limit` is read, which tells whether there are others; `cut` leaves it out.
    """

    limit: int = 50
    after: str = ""
    before: str = ""

    @property
    def edge(self) -> str:
        return self.before or self.after

    @property
    def sign(self) -> str:
        return "<" if self.before else ">"

    @property
    def order(self) -> str:
        return "DESC" if self.before else "ASC"

    def cut(self, rows: list[Row]) -> "Cut[Row]":
        goes_on, kept = len(rows) > self.limit, rows[: self.limit]
        if self.before:
            return Cut(kept[::-1], has_before=goes_on, has_after=True)
        return Cut(kept, has_before=bool(self.after), has_after=goes_on)


@dataclass(frozen=True, slots=True)
class Cut(Generic[Row]):
    """Rows of a span in their order, and whether there are others on either side."""

    rows: list[Row]
    has_before: bool
    has_after: bool


def containing(wanted: str) -> str:
    """A pattern for LIKE … ESCAPE '!' that finds these signs anywhere."""
    for sign in "!%_":
        wanted = wanted.replace(sign, f"!{sign}")
    return f"%{wanted}%"


def page_from(
    *, max_id: str | None, since_id: str | None, min_id: str | None, limit: int | None, default: int, most: int
) -> Page:
    """Raises Invalid when a cursor is no id. A limit outside 1..most is brought back into it."""
    above = _cursor("min_id", min_id, None)
    return Page(
        limit=min(max(limit or default, 1), most),
        below=_cursor("max_id", max_id, HIGHEST_ID) or HIGHEST_ID,
        above=above if above is not None else _cursor("since_id", since_id, LOWEST_ID) or LOWEST_ID,
        forwards=above is not None,
    )


def _cursor(name: str, text: str | None, default: int | None) -> int | None:
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 19:
        raise Invalid(f"{name} must be an id", field=name)
    return min(int(text), HIGHEST_ID)

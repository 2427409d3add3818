"""Paging by id, the same everywhere: `max_id`, `since_id`, `min_id`, `limit`."""

from dataclasses import dataclass
from typing import TypeVar

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

"""Writes of the words of filters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mesange.core.accounts.model import Viewer
from mesange.core.filters.actions.changing import changing, refuse_too_many
from mesange.core.filters.model import MOST_KEYWORDS, FilterKeyword, checked_keyword
from mesange.core.filters.queries import get_filter, get_keyword
from mesange.core.filters.tables import filter_keywords
from mesange.kit.db import Transaction
from mesange.kit.errors import NotFound
from mesange.kit.server import Server


@dataclass(frozen=True, slots=True)
class KeywordChange:
    """A new keyword when `id` is None; else another text for one, or its end."""

    keyword: str | None = None
    is_whole_word: bool | None = None
    id: int | None = None
    is_deleted: bool = False


async def change_keywords(
    server: Server, tx: Transaction, viewer: Viewer, filter_id: int, changes: Sequence[KeywordChange]
) -> None:
    for change in changes[: MOST_KEYWORDS + 1]:
        if change.id is None:
            word = FilterKeyword(
                server.ids.next(), filter_id, checked_keyword(change.keyword or ""), bool(change.is_whole_word)
            )
            await tx.insert(filter_keywords, word)
            continue
        held = await get_keyword(tx, viewer, change.id)
        if held.filter_id != filter_id:
            raise NotFound()
        if change.is_deleted:
            await tx.execute("DELETE FROM filter_keywords WHERE id = ?", held.id)
        else:
            await tx.update(filter_keywords, _changed(held, change))
    await refuse_too_many(tx, viewer, "filter_keywords", MOST_KEYWORDS, "Your filters hold as many words as they may.")


def _changed(held: FilterKeyword, change: KeywordChange) -> FilterKeyword:
    keyword = held.keyword if change.keyword is None else checked_keyword(change.keyword)
    is_whole = held.is_whole_word if change.is_whole_word is None else change.is_whole_word
    return replace(held, keyword=keyword, is_whole_word=is_whole)


async def add_keyword(server: Server, viewer: Viewer, filter_id: int, change: KeywordChange) -> FilterKeyword:
    """Raises NotFound, Invalid."""
    async with changing(server, viewer) as tx:
        await get_filter(tx, viewer, filter_id)
        await change_keywords(server, tx, viewer, filter_id, [replace(change, id=None)])
        return (await get_filter(tx, viewer, filter_id)).keywords[-1]


async def change_keyword(server: Server, viewer: Viewer, keyword_id: int, change: KeywordChange) -> FilterKeyword:
    """Raises NotFound, Invalid."""
    async with changing(server, viewer) as tx:
        held = await get_keyword(tx, viewer, keyword_id)
        await change_keywords(server, tx, viewer, held.filter_id, [replace(change, id=keyword_id)])
        return _changed(held, change)


async def delete_keyword(server: Server, viewer: Viewer, keyword_id: int) -> None:
    """Raises NotFound."""
    await change_keyword(server, viewer, keyword_id, KeywordChange(is_deleted=True))

"""Writes of filters. What belongs to somebody else does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.filters.actions.changing import changing
from mesange.core.filters.actions.words import KeywordChange, change_keywords
from mesange.core.filters.memory import FilterMemory
from mesange.core.filters.model import (
    MOST_FILTERS,
    Filter,
    FilterAction,
    FilterContext,
    FullFilter,
    checked_action,
    checked_contexts,
    checked_keyword,
)
from mesange.core.filters.queries import get_filter
from mesange.core.filters.tables import filters
from mesange.events.filters import FiltersChanged
from mesange.kit.clock import SECOND
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid
from mesange.kit.server import Server
from mesange.kit.text import checked_title

FOR_EVER = 0
LONGEST = 10**9


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """None keeps what an existing filter has. `expires_in` in seconds; FOR_EVER never runs out."""

    title: str | None = None
    contexts: Sequence[str] | None = None
    action: str | None = None
    expires_in: int | None = None
    keywords: Sequence[KeywordChange] = ()

    def applied_to(self, one: Filter, now: int) -> Filter:
        """Raises Invalid."""
        if self.expires_in is not None and self.expires_in < 0:
            raise Invalid("A duration is a number of seconds.", field="expires_in")
        changes: dict[str, Any] = {
            "title": None if self.title is None else checked_title(self.title),
            "contexts": None if self.contexts is None else checked_contexts(self.contexts),
            "action": None if self.action is None else checked_action(self.action),
        }
        changed = replace(one, **{name: value for name, value in changes.items() if value is not None})
        if self.expires_in is None:
            return changed
        ends = now + min(self.expires_in, LONGEST) * SECOND if self.expires_in != FOR_EVER else None
        return replace(changed, expires_at=ends)


async def create_filter(server: Server, viewer: Viewer, choice: FilterChoice) -> FullFilter:
    """Raises Invalid, also when there are as many as one may have."""
    empty = Filter(server.ids.next(), acting_account(viewer), "", FilterContext(0), FilterAction.WARN)
    complete = replace(choice, title=choice.title or "", contexts=choice.contexts or ())
    new = complete.applied_to(empty, server.clock.now())
    async with changing(server, viewer) as tx:
        await _insert(tx, new)
        await change_keywords(server, tx, viewer, new.id, choice.keywords)
        return await get_filter(tx, viewer, new.id)


async def _insert(tx: Transaction, new: Filter) -> None:
    count = await tx.value("SELECT count(*) FROM filters WHERE account_id = ?", new.account_id)
    if count >= MOST_FILTERS:
        raise Invalid("You have as many filters as one may. Delete one to make another.", field="title")
    await tx.insert(filters, new)


async def place_word(server: Server, viewer: Viewer, wanted: Filter, word: str, *, is_whole_word: bool) -> int:
    """The word stands on a filter like `wanted` in all but its id, which is made when there is none.

    Gives the id of the word. Raises Invalid.
    """
    keyword = checked_keyword(word)
    async with changing(server, viewer) as tx:
        filter_id = await _find_like(tx, wanted)
        if filter_id is None:
            filter_id = wanted.id
            await _insert(tx, wanted)
        held = await _find_word(tx, filter_id, keyword, is_whole_word=is_whole_word)
        if held is None:
            await change_keywords(server, tx, viewer, filter_id, [KeywordChange(keyword, is_whole_word)])
            held = await _find_word(tx, filter_id, keyword, is_whole_word=is_whole_word)
    return held or 0


async def _find_like(tx: Transaction, wanted: Filter) -> int | None:
    return await tx.value(
        "SELECT id FROM filters WHERE account_id = ? AND title = ? AND contexts = ? AND action = ? "
        "AND coalesce(expires_at, 0) = ? ORDER BY id LIMIT 1",
        wanted.account_id,
        wanted.title,
        wanted.contexts.value,
        wanted.action.value,
        wanted.expires_at or 0,
    )


async def _find_word(tx: Transaction, filter_id: int, keyword: str, *, is_whole_word: bool) -> int | None:
    return await tx.value(
        "SELECT id FROM filter_keywords WHERE filter_id = ? AND keyword = ? AND is_whole_word = ? ORDER BY id LIMIT 1",
        filter_id,
        keyword,
        is_whole_word,
    )


async def change_filter(server: Server, viewer: Viewer, filter_id: int, choice: FilterChoice) -> FullFilter:
    """Raises NotFound, Invalid."""
    async with changing(server, viewer) as tx:
        before = (await get_filter(tx, viewer, filter_id)).filter
        await tx.update(filters, choice.applied_to(before, server.clock.now()))
        await change_keywords(server, tx, viewer, filter_id, choice.keywords)
        return await get_filter(tx, viewer, filter_id)


async def delete_filter(server: Server, viewer: Viewer, filter_id: int) -> None:
    """Raises NotFound."""
    async with changing(server, viewer) as tx:
        await get_filter(tx, viewer, filter_id)
        for table in ("filter_keywords", "filter_statuses"):
            await tx.execute(f"DELETE FROM {table} WHERE filter_id = ?", filter_id)
        await tx.execute("DELETE FROM filters WHERE id = ?", filter_id)


async def end_filters(server: Server) -> None:
    """Tell of filters that ran out since the last look: pages and clients made before show too little."""
    memory, now = server.of(FilterMemory), server.clock.now()
    since, memory.ended_until = memory.ended_until or now, now
    rows = await server.db.rows(
        "SELECT DISTINCT account_id FROM filters WHERE expires_at > ? AND expires_at <= ?", since, now
    )
    if rows:
        async with server.db.transaction() as tx:
            for (account_id,) in rows:
                tx.emit(FiltersChanged(account_id=account_id))

"""Writes of filters. What belongs to somebody else does not exist."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.filters.memory import FilterMemory
from mesange.core.filters.model import (
    MOST_FILTERS,
    MOST_KEYWORDS,
    MOST_STATUSES,
    Filter,
    FilterAction,
    FilterContext,
    FilterKeyword,
    FilterStatus,
    FullFilter,
    checked_action,
    checked_contexts,
    checked_keyword,
    checked_title,
)
from mesange.core.filters.queries import get_filter, get_filter_status, get_keyword
from mesange.core.filters.tables import filter_keywords, filter_statuses, filters
from mesange.core.follows.actions import hold_accounts
from mesange.core.statuses.queries import visible_status
from mesange.events.filters import FiltersChanged
from mesange.kit.clock import SECOND
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server

FOR_EVER = 0
LONGEST = 10**9


@dataclass(frozen=True, slots=True)
class KeywordChange:
    """A new keyword when `id` is None; else another text for one, or its end."""

    keyword: str | None = None
    is_whole_word: bool | None = None
    id: int | None = None
    is_deleted: bool = False


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


@asynccontextmanager
async def _changing(server: Server, viewer: Viewer) -> AsyncGenerator[Transaction]:
    """One writer of an account's filters at a time; everyone hears of it."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id)
        yield tx
        tx.emit(FiltersChanged(account_id=account_id))


async def create_filter(server: Server, viewer: Viewer, choice: FilterChoice) -> FullFilter:
    """Raises Invalid, also when there are as many as one may have."""
    empty = Filter(server.ids.next(), acting_account(viewer), "", FilterContext(0), FilterAction.WARN)
    complete = replace(choice, title=choice.title or "", contexts=choice.contexts or ())
    new = complete.applied_to(empty, server.clock.now())
    async with _changing(server, viewer) as tx:
        count = await tx.value("SELECT count(*) FROM filters WHERE account_id = ?", new.account_id)
        if count >= MOST_FILTERS:
            raise Invalid("You have as many filters as one may. Delete one to make another.", field="title")
        await tx.insert(filters, new)
        await _change_keywords(server, tx, viewer, new.id, choice.keywords)
        return await get_filter(tx, viewer, new.id)


async def change_filter(server: Server, viewer: Viewer, filter_id: int, choice: FilterChoice) -> FullFilter:
    """Raises NotFound, Invalid."""
    async with _changing(server, viewer) as tx:
        before = (await get_filter(tx, viewer, filter_id)).filter
        await tx.update(filters, choice.applied_to(before, server.clock.now()))
        await _change_keywords(server, tx, viewer, filter_id, choice.keywords)
        return await get_filter(tx, viewer, filter_id)


async def delete_filter(server: Server, viewer: Viewer, filter_id: int) -> None:
    """Raises NotFound."""
    async with _changing(server, viewer) as tx:
        await get_filter(tx, viewer, filter_id)
        for table in ("filter_keywords", "filter_statuses"):
            await tx.execute(f"DELETE FROM {table} WHERE filter_id = ?", filter_id)
        await tx.execute("DELETE FROM filters WHERE id = ?", filter_id)


async def _change_keywords(
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
    await _refuse_too_many(tx, viewer, "filter_keywords", MOST_KEYWORDS, "Your filters hold as many words as they may.")


def _changed(held: FilterKeyword, change: KeywordChange) -> FilterKeyword:
    keyword = held.keyword if change.keyword is None else checked_keyword(change.keyword)
    is_whole = held.is_whole_word if change.is_whole_word is None else change.is_whole_word
    return replace(held, keyword=keyword, is_whole_word=is_whole)


async def _refuse_too_many(tx: Transaction, viewer: Viewer, table: str, most: int, refusal: str) -> None:
    """Of all filters together: so much a matcher holds."""
    count = await tx.value(
        f"SELECT count(*) FROM {table} WHERE filter_id IN (SELECT id FROM filters WHERE account_id = ?)",
        acting_account(viewer),
    )
    if count > most:
        raise Invalid(refusal)


async def add_keyword(server: Server, viewer: Viewer, filter_id: int, change: KeywordChange) -> FilterKeyword:
    """Raises NotFound, Invalid."""
    async with _changing(server, viewer) as tx:
        await get_filter(tx, viewer, filter_id)
        await _change_keywords(server, tx, viewer, filter_id, [replace(change, id=None)])
        return (await get_filter(tx, viewer, filter_id)).keywords[-1]


async def change_keyword(server: Server, viewer: Viewer, keyword_id: int, change: KeywordChange) -> FilterKeyword:
    """Raises NotFound, Invalid."""
    async with _changing(server, viewer) as tx:
        held = await get_keyword(tx, viewer, keyword_id)
        await _change_keywords(server, tx, viewer, held.filter_id, [replace(change, id=keyword_id)])
        return _changed(held, change)


async def delete_keyword(server: Server, viewer: Viewer, keyword_id: int) -> None:
    """Raises NotFound."""
    await change_keyword(server, viewer, keyword_id, KeywordChange(is_deleted=True))


async def add_status(server: Server, viewer: Viewer, filter_id: int, status_id: int) -> FilterStatus:
    """Filter one post. Raises NotFound (the filter, or a post that the viewer does not see), Invalid."""
    status = await visible_status(server, viewer, status_id)
    async with _changing(server, viewer) as tx:
        await get_filter(tx, viewer, filter_id)
        new = FilterStatus(server.ids.next(), filter_id, status.reblog_of_id or status.id)
        await tx.execute(filter_statuses.insert_text + " ON CONFLICT DO NOTHING", *filter_statuses.values(new))
        await _refuse_too_many(
            tx, viewer, "filter_statuses", MOST_STATUSES, "Your filters hold as many posts as they may."
        )
        row = await tx.row(
            f"SELECT {filter_statuses.columns} FROM filter_statuses WHERE filter_id = ? AND status_id = ?",
            filter_id,
            new.status_id,
        )
    return filter_statuses.load(row) if row else new


async def remove_status(server: Server, viewer: Viewer, row_id: int) -> FilterStatus:
    """Raises NotFound."""
    async with _changing(server, viewer) as tx:
        held = await get_filter_status(tx, viewer, row_id)
        await tx.execute("DELETE FROM filter_statuses WHERE id = ?", held.id)
    return held


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

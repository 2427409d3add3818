"""Writes of the index: posts, names, and what is still to be indexed."""

from collections.abc import Iterable, Sequence

from mesange.core.accounts.model import Account
from mesange.core.accounts.tables import accounts
from mesange.core.search.model import (
    NOTHING_ATTACHED,
    Attached,
    Range,
    facts_of,
    is_open,
    names_of,
    streams_of,
    text_of,
)
from mesange.core.search.tables import ranges, status_index
from mesange.core.statuses.model import Holds, Status
from mesange.core.statuses.queries import load_mentioned
from mesange.core.statuses.tables import statuses
from mesange.kit.db import Transaction
from mesange.kit.db.fulltext import Document
from mesange.kit.ids import HIGHEST_ID, LOWEST_ID
from mesange.kit.server import Server

ATTACHED = {
    Holds.MEDIA: "SELECT status_id, kind, description FROM media_attachments WHERE status_id = ANY(?) "
    "ORDER BY status_id, position",
    Holds.POLL: "SELECT status_id, '', title FROM poll_options WHERE status_id = ANY(?) ORDER BY status_id, position",
}
AT_ONCE = 100
"""Other writers wait for it: a few milliseconds."""


async def index_statuses(server: Server, tx: Transaction, ids: Iterable[int]) -> None:
    """Make posts found by what they say now; those that are gone are found no more."""
    wanted = sorted(set(ids))
    if not wanted:
        return
    rows = await tx.rows(f"SELECT {statuses.columns} FROM statuses WHERE id = ANY(?) AND reblog_of_id IS NULL", wanted)
    found = [statuses.load(row) for row in rows]
    if documents := await _documents(server, tx, found):
        await status_index(server).put(tx, documents)
    if gone := sorted(set(wanted) - {status.id for status in found}):
        await status_index(server).remove(tx, gone)


async def _documents(server: Server, tx: Transaction, found: Sequence[Status]) -> list[Document]:
    authors = await _accounts(tx, {status.account_id for status in found})
    mentioned = await load_mentioned(tx, [status.id for status in found if "@" in status.text])
    attached = await _attached(tx, found)
    return [
        Document(
            status.id,
            streams_of(text_of(status, attached.get(status.id, NOTHING_ATTACHED)), status.language),
            facts_of(
                status,
                is_open=is_open(status, authors[status.account_id]),
                mentioned=mentioned.get(status.id, []),
                domain=server.settings.domain,
                attached=attached.get(status.id, NOTHING_ATTACHED),
            ),
        )
        for status in found
        if status.account_id in authors
    ]


async def _attached(tx: Transaction, found: Sequence[Status]) -> dict[int, Attached]:
    """By status; of posts that hold nothing, nothing is asked."""
    parts: dict[int, list[tuple[str, str]]] = {}
    for held, sql in ATTACHED.items():
        ids = [status.id for status in found if status.holds & held]
        for status_id, kind, text in await tx.rows(sql, ids) if ids else ():
            parts.setdefault(status_id, []).append((kind, text))
    return {
        id: Attached(tuple(kind for kind, _ in each), tuple(text for _, text in each if text))
        for id, each in parts.items()
    }


async def index_accounts(server: Server, tx: Transaction, ids: Iterable[int]) -> None:
    """Make accounts found by their names; posts follow when their author's wish to be found has changed."""
    for account in (await _accounts(tx, ids)).values():
        await tx.execute("DELETE FROM search_names WHERE account_id = ?", account.id)
        for word in names_of(account):
            await tx.execute("INSERT INTO search_names (word, account_id) VALUES (?, ?)", word, account.id)
        if await _has_changed(tx, account):
            await index_later(server, tx, account.id, LOWEST_ID, HIGHEST_ID)


async def _has_changed(tx: Transaction, account: Account) -> bool:
    """Whether this author lets their posts be found, and did not before, or the other way round."""
    lets = int(account.is_indexable and not account.is_hidden)
    before = await tx.value("SELECT is_open FROM search_authors WHERE account_id = ?", account.id)
    if before == lets:
        return False
    await tx.execute(
        "INSERT INTO search_authors (account_id, is_open) VALUES (?, ?) "
        "ON CONFLICT (account_id) DO UPDATE SET is_open = excluded.is_open",
        account.id,
        lets,
    )
    return before is not None


async def index_later(server: Server, tx: Transaction, account_id: int, low: int, high: int) -> None:
    """Leave many posts of an account to the job, which takes them in small portions."""
    await tx.insert(ranges, Range(server.ids.next(), account_id, low, high))


async def index_next(server: Server) -> bool:
    """One portion of what was left for later, the newest first; False when nothing is left."""
    async with server.db.transaction() as tx:
        row = await tx.row(f"SELECT {ranges.columns} FROM search_ranges ORDER BY id LIMIT 1 FOR UPDATE")
        if row is None:
            return False
        left = ranges.load(row)
        rows = await tx.rows(
            "SELECT id FROM statuses WHERE account_id = ? AND id >= ? AND id <= ? ORDER BY id DESC LIMIT ?",
            left.account_id,
            left.low,
            left.high,
            AT_ONCE,
        )
        await index_statuses(server, tx, [id for (id,) in rows])
        if len(rows) < AT_ONCE:
            await tx.execute("DELETE FROM search_ranges WHERE id = ?", left.id)
        else:
            await tx.execute("UPDATE search_ranges SET high = ? WHERE id = ?", rows[-1][0] - 1, left.id)
    return True


async def _accounts(tx: Transaction, ids: Iterable[int]) -> dict[int, Account]:
    rows = await tx.rows(f"SELECT {accounts.columns} FROM accounts WHERE id = ANY(?)", sorted(set(ids)))
    return {account.id: account for account in map(accounts.load, rows)}

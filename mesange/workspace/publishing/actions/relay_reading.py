"""Reading the feeds that are due: each host one at a time, each outcome written down with its reason."""

import asyncio
from dataclasses import replace
from urllib.parse import urlsplit

from mesange.kit.clock import MINUTE, SECOND
from mesange.kit.db import Transaction
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.feeds import FeedFailed, Fetched, fetch_feed
from mesange.workspace.publishing.actions.hubs import meet_hub
from mesange.workspace.publishing.model.readings import Reading, entries_of, reading
from mesange.workspace.publishing.model.relays import (
    MOST_NEW,
    TRIES_BEFORE_ERROR,
    FeedRelay,
    ItemState,
    RelayedItem,
    RelayState,
    RelayTrouble,
    RelayWarning,
    WarningKind,
    patience_after,
    spread,
    wait_after,
)
from mesange.workspace.publishing.queries.relays import hold_relay, is_called, list_known
from mesange.workspace.publishing.tables import feed_relays, relay_warnings, relayed_items

AT_ONCE = 8
CLAIM = 5 * MINUTE
BETWEEN_ASKS = 2 * SECOND
"""A host is left alone for so long after we asked it."""


async def read_due_relays(server: Server) -> None:
    """Those whose time has come, a few, each of another host."""
    now = server.clock.now()
    rows = await server.db.rows(
        f"SELECT {feed_relays.columns} FROM feed_relays WHERE next_at <= ? AND NOT EXISTS (SELECT 1 FROM feed_relays "
        "AS others WHERE others.host = feed_relays.host AND others.asked_at > ?) ORDER BY next_at, id LIMIT ?",
        now,
        now - BETWEEN_ASKS,
        AT_ONCE * 10,
    )
    by_host = dict[str, FeedRelay]()
    for relay in map(feed_relays.load, rows):
        by_host.setdefault(relay.host, relay)
    work = [_read(server, relay, now) for relay in list(by_host.values())[:AT_ONCE]]
    for failure in await asyncio.gather(*work, return_exceptions=True):
        if failure:
            raise failure


async def _read(server: Server, relay: FeedRelay, now: int) -> None:
    async with server.db.transaction() as tx:
        is_ours = await tx.execute(
            "UPDATE feed_relays SET next_at = ?, asked_at = ? WHERE id = ? AND next_at = ?",
            now + CLAIM,
            now,
            relay.id,
            relay.next_at,
        )
    if not is_ours:
        return
    try:
        fetched = await fetch_feed(server, relay.url, relay)
    except FeedFailed as failure:
        await _note_failure(server, relay.id, failure)
    else:
        await _take_in(server, relay.id, fetched)


async def _note_failure(server: Server, relay_id: int, failure: FeedFailed) -> None:
    async with server.db.transaction() as tx:
        relay = await hold_relay(tx, relay_id)
        if relay is None or relay.next_at is None:
            return
        attempts, now = relay.attempts + 1, server.clock.now()
        is_over = failure.trouble.ends_trying
        wait = spread(patience_after(attempts, failure.wait), relay_id, now)
        failed = replace(
            relay,
            attempts=attempts,
            trouble=failure.trouble,
            detail=failure.detail,
            state=RelayState.IN_ERROR if is_over or attempts >= TRIES_BEFORE_ERROR else relay.state,
            next_at=None if is_over else now + max(wait, failure.wait),
        )
        await tx.update(feed_relays, failed)


async def _take_in(server: Server, relay_id: int, fetched: Fetched) -> None:
    async with server.db.transaction() as tx:
        relay = await hold_relay(tx, relay_id)
        if relay is None or relay.next_at is None:
            return  # Paused or ended meanwhile.
        found = Reading()
        if fetched.feed is not None:
            entries = entries_of(relay_id, fetched.feed.items)
            found = reading(relay, await list_known(tx, relay_id, entries), entries)
            await meet_hub(server, tx, relay_id, fetched.feed)
        is_flood = sum(item.state is ItemState.WAITING for item in found.new) > MOST_NEW
        if is_flood:
            found = replace(found, new=tuple(replace(item, state=ItemState.KNOWN) for item in found.new))
        await _write(server, tx, found)
        await tx.update(feed_relays, await _settled(server, tx, relay, fetched, found, is_flood=is_flood))


async def _settled(
    server: Server, tx: Transaction, relay: FeedRelay, fetched: Fetched, found: Reading, *, is_flood: bool
) -> FeedRelay:
    now = server.clock.now()
    calls = await is_called(tx, relay.id, now)
    wait = wait_after(relay, has_news=found.has_news, asked=fetched.wait, is_called=calls)
    moved = await _lasting_url(tx, relay, fetched.url)
    return replace(
        relay,
        url=moved,
        host=urlsplit(moved).netloc,
        title=fetched.feed.title[:200] if fetched.feed and fetched.feed.title else relay.title,
        wait=wait,
        next_at=None if is_flood else now + spread(wait, relay.id, now),
        read_at=now,
        attempts=0,
        state=RelayState.IN_ERROR if is_flood else RelayState.ACTIVE,
        trouble=RelayTrouble.FLOOD if is_flood else RelayTrouble.NONE,
        detail=str(len(found.new)) if is_flood else "",
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        digest=fetched.digest,
    )


async def _lasting_url(tx: Transaction, relay: FeedRelay, url: str) -> str:
    """Where the feed has moved for good, unless the account relays that one already."""
    is_taken = url != relay.url and await tx.value(
        "SELECT 1 FROM feed_relays WHERE account_id = ? AND url = ?", relay.account_id, url
    )
    return relay.url if is_taken or not url else url


async def _write(server: Server, tx: Transaction, found: Reading) -> None:
    for item in found.renamed:
        await tx.update(relayed_items, item)
        await warn(server, tx, item, WarningKind.GUID_CHANGED, item.guid)
    for item in found.edited:
        await tx.update(relayed_items, item)
    for item in found.new:
        await tx.insert(relayed_items, replace(item, id=server.ids.next()))
    for item in found.gone:
        await tx.update(relayed_items, replace(item, gone_at=server.clock.now()))
        await warn(server, tx, item, WarningKind.ITEM_GONE, item.title)


async def warn(server: Server, tx: Transaction, item: RelayedItem, kind: WarningKind, detail: str) -> None:
    await tx.insert(relay_warnings, RelayWarning(server.ids.next(), item.relay_id, item.id, kind, detail[:300]))

"""Reads of relays. Every member whose role covers the account sees them; for all others they do not exist."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer
from mesange.kit.db import Reader, Transaction
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.workspace.publishing.model.relays import FeedRelay, RelayedItem, RelayWarning
from mesange.workspace.publishing.queries.rights import list_roles, role_for
from mesange.workspace.publishing.tables import feed_relays, relay_warnings, relayed_items

MOST_KNOWN = 2_000


async def get_relay(db: Reader, viewer: Viewer, relay_id: int) -> FeedRelay:
    """Raises NotFound."""
    relay = await find_relay(db, relay_id)
    if relay is None:
        raise NotFound()
    await role_for(db, viewer, relay.account_id)
    return relay


async def find_relay(db: Reader, relay_id: int) -> FeedRelay | None:
    """Whoever asks."""
    row = await db.row(f"SELECT {feed_relays.columns} FROM feed_relays WHERE id = ?", relay_id)
    return feed_relays.load(row) if row else None


async def hold_relay(tx: Transaction, relay_id: int) -> FeedRelay | None:
    """Nobody else changes it before this transaction ends."""
    row = await tx.row(f"SELECT {feed_relays.columns} FROM feed_relays WHERE id = ? FOR UPDATE", relay_id)
    return feed_relays.load(row) if row else None


async def list_relays(db: Reader, viewer: Viewer, organization_id: int, page: Page) -> list[FeedRelay]:
    """Of the accounts that the viewer's role covers, the last one made first. Raises NotFound for who is no member."""
    accounts = list(await list_roles(db, viewer, organization_id))
    rows = await db.rows(
        f"SELECT {feed_relays.columns} FROM feed_relays WHERE organization_id = ? AND account_id = ANY(?) "
        f"AND id < ? AND id > ? ORDER BY id {page.order} LIMIT ?",
        organization_id,
        accounts,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([feed_relays.load(row) for row in rows])


async def list_relayed_items(db: Reader, viewer: Viewer, relay_id: int, page: Page) -> list[RelayedItem]:
    """Newest first. Raises NotFound."""
    await get_relay(db, viewer, relay_id)
    rows = await db.rows(
        f"SELECT {relayed_items.columns} FROM relayed_items WHERE relay_id = ? AND id < ? AND id > ? "
        f"ORDER BY id {page.order} LIMIT ?",
        relay_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([relayed_items.load(row) for row in rows])


async def list_relay_warnings(db: Reader, viewer: Viewer, relay_id: int, page: Page) -> list[RelayWarning]:
    """Newest first. Raises NotFound."""
    await get_relay(db, viewer, relay_id)
    rows = await db.rows(
        f"SELECT {relay_warnings.columns} FROM relay_warnings WHERE relay_id = ? AND id < ? AND id > ? "
        f"ORDER BY id {page.order} LIMIT ?",
        relay_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([relay_warnings.load(row) for row in rows])


async def count_warnings(db: Reader, relays: Sequence[int]) -> dict[int, int]:
    rows = await db.rows(
        "SELECT relay_id, count(*) FROM relay_warnings WHERE relay_id = ANY(?) GROUP BY relay_id", list(relays)
    )
    return dict(rows)


async def is_called(db: Reader, relay_id: int, now: int) -> bool:
    """Whether a hub has promised to tell of news."""
    return await db.value("SELECT 1 FROM hub_leases WHERE id = ? AND expires_at > ?", relay_id, now) is not None


async def list_known(db: Reader, relay_id: int, entries: Sequence[RelayedItem]) -> list[RelayedItem]:
    """What the relay knows of these entries, and the relayed items that might have left the feed."""
    oldest = min((entry.published_at for entry in entries if entry.published_at), default=None)
    rows = await db.rows(
        f"SELECT {relayed_items.columns} FROM relayed_items WHERE relay_id = ? AND (guid = ANY(?) OR link_key = ANY(?) "
        "OR (status_id IS NOT NULL AND gone_at IS NULL AND published_at > ?)) ORDER BY id DESC LIMIT ?",
        relay_id,
        [entry.guid for entry in entries],
        [entry.link_key for entry in entries if entry.link_key],
        oldest,
        MOST_KNOWN,
    )
    return [relayed_items.load(row) for row in rows]

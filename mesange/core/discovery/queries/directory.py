"""The directory: people who want to be found."""

from enum import StrEnum

from mesange.core.accounts.model import Account, Viewer
from mesange.core.accounts.queries import load_accounts
from mesange.core.discovery.memory import DiscoveryMemory, KeptList
from mesange.core.follows.queries import relations_of
from mesange.kit.clock import MINUTE
from mesange.kit.server import Server

LONGEST = 1_000
KEPT_FOR = MINUTE
WANTED = "a.is_discoverable = 1 AND a.suspended_at IS NULL AND a.deleted_at IS NULL"


class Order(StrEnum):
    ACTIVE = "active"
    NEW = "new"
    POPULAR = "popular"


READS = {
    Order.NEW: f"SELECT a.id FROM accounts a WHERE {WANTED} ORDER BY a.id DESC LIMIT ?",
    Order.ACTIVE: f"SELECT a.id FROM accounts a JOIN account_stats s ON s.account_id = a.id WHERE {WANTED} "
    "AND s.last_status_at IS NOT NULL ORDER BY s.last_status_at DESC, a.id DESC LIMIT ?",
    Order.POPULAR: f"SELECT a.id FROM accounts a JOIN account_stats s ON s.account_id = a.id WHERE {WANTED} "
    "AND s.followers > 0 ORDER BY s.followers DESC, a.id DESC LIMIT ?",
}


async def list_directory(
    server: Server, viewer: Viewer, order: Order, *, limit: int, offset: int = 0, is_local: bool = False
) -> list[int]:
    """Ids of accounts who want to be found, without those hidden from the viewer; the first thousand of each order."""
    hidden = (await relations_of(server, viewer.account_id)).hidden
    ids = await kept_list(server, order)
    accounts = await load_accounts(server, ids)
    shown = [
        id
        for id in ids
        if id in accounts and may_be_shown(accounts[id]) and id not in hidden and not (is_local and accounts[id].domain)
    ]
    return shown[offset : offset + limit]


async def kept_list(server: Server, order: Order) -> list[int]:
    """Read from whole tables, beside whatever else is going on, once a minute at most."""
    lists, now = server.of(DiscoveryMemory).lists, server.clock.now()
    kept = lists.get(order)
    if kept is None or now - kept.made_at >= KEPT_FOR:
        rows = await server.db.slow_rows(READS[order], LONGEST)
        kept = lists[order] = KeptList(now, [id for (id,) in rows])
    return kept.ids


def may_be_shown(account: Account) -> bool:
    """As the account is now, whatever a kept list says."""
    return account.is_discoverable and not account.is_hidden and account.limited_at is None

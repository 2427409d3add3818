"""Whom to follow: people followed by those one follows, then those whom many follow here."""

from enum import StrEnum

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.accounts.queries import load_accounts
from mesange.core.discovery.queries.directory import Order, kept_list, may_be_shown
from mesange.core.follows.queries import relations_of
from mesange.kit.server import Server

FRIENDS_ASKED = 100
FOLLOWED_BY_EACH = 200
FEWEST_FRIENDS = 2
LOOKED_AT = 200
FRIENDS_OF_FRIENDS = (
    "SELECT f.target_id FROM (SELECT target_id FROM follows WHERE account_id = ? ORDER BY id DESC LIMIT ?) mine "
    "JOIN follows f ON f.id IN (SELECT id FROM follows WHERE account_id = mine.target_id ORDER BY id DESC LIMIT ?) "
    "GROUP BY f.target_id HAVING count(*) >= ? ORDER BY count(*) DESC, f.target_id LIMIT ?"
)


class Source(StrEnum):
    """Why somebody is suggested, in Mastodon's words."""

    FRIENDS_OF_FRIENDS = "friends_of_friends"
    MOST_FOLLOWED = "most_followed"


async def list_suggestions(server: Server, viewer: Viewer, limit: int) -> list[tuple[int, Source]]:
    """Accounts who want to be discovered; never oneself, anyone followed, asked, hidden or dismissed."""
    account_id = acting_account(viewer)
    near = await server.db.slow_rows(
        FRIENDS_OF_FRIENDS, account_id, FRIENDS_ASKED, FOLLOWED_BY_EACH, FEWEST_FRIENDS, LOOKED_AT
    )
    sources = dict.fromkeys((id for (id,) in near), Source.FRIENDS_OF_FRIENDS)
    for id in await kept_list(server, Order.POPULAR):
        sources.setdefault(id, Source.MOST_FOLLOWED)
    left_out = await _left_out(server, account_id)
    candidates = [id for id in sources if id not in left_out]
    accounts = await load_accounts(server, candidates)
    shown = [id for id in candidates if id in accounts and may_be_shown(accounts[id])]
    return [(id, sources[id]) for id in shown[:limit]]


async def _left_out(server: Server, account_id: int) -> set[int]:
    relations = await relations_of(server, account_id)
    rows = await server.db.rows(
        "SELECT target_id FROM dismissed_suggestions WHERE account_id = ? "
        "UNION ALL SELECT target_id FROM follow_requests WHERE account_id = ?",
        account_id,
        account_id,
    )
    return {account_id, *relations.following, *relations.hidden, *(id for (id,) in rows)}

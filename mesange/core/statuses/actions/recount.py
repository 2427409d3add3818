"""Setting counters right by their rows."""

from mesange.core.statuses.queries.counters import list_wrong_accounts, list_wrong_statuses
from mesange.kit.server import Server


async def recount(server: Server) -> int:
    """How many were wrong. A server that runs shows some old counts until it is started again."""
    async with server.db.transaction() as tx:
        accounts, statuses = await list_wrong_accounts(tx), await list_wrong_statuses(tx)
        for account_id, posts, followers, following in accounts:
            await tx.execute(
                "INSERT INTO account_stats (account_id, statuses, followers, following) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (account_id) DO UPDATE SET statuses = excluded.statuses, "
                "followers = excluded.followers, following = excluded.following",
                account_id, posts, followers, following,
            )  # fmt: skip
        for status_id, reblogs, favourites, replies in statuses:
            await tx.execute(
                "INSERT INTO status_stats (status_id, reblogs, favourites, replies) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (status_id) DO UPDATE SET reblogs = excluded.reblogs, "
                "favourites = excluded.favourites, replies = excluded.replies",
                status_id, reblogs, favourites, replies,
            )  # fmt: skip
    return len(accounts) + len(statuses)

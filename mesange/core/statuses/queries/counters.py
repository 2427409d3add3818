"""Counters beside the rows that they count."""

from mesange.kit.db import Reader, Row

OF_ACCOUNTS = (
    "SELECT a.id, (SELECT count(*) FROM statuses s WHERE s.account_id = a.id) AS statuses, "
    "(SELECT count(*) FROM follows f WHERE f.target_id = a.id) AS followers, "
    "(SELECT count(*) FROM follows f WHERE f.account_id = a.id) AS following FROM accounts a"
)
OF_STATUSES = (
    "SELECT s.id, (SELECT count(*) FROM statuses b WHERE b.reblog_of_id = s.id) AS reblogs, "
    "(SELECT count(*) FROM favourites f WHERE f.status_id = s.id) AS favourites, "
    "(SELECT count(*) FROM statuses r WHERE r.thread_id = coalesce(s.thread_id, s.id) AND r.in_reply_to_id = s.id) "
    "AS replies FROM statuses s"
)


async def list_wrong_accounts(db: Reader) -> list[Row]:
    """(account, statuses, followers, following) as its rows say, where its counters say something else."""
    return await db.rows(
        f"SELECT c.id, c.statuses, c.followers, c.following FROM ({OF_ACCOUNTS}) c "
        "LEFT JOIN account_stats s ON s.account_id = c.id WHERE coalesce(s.statuses, 0) <> c.statuses "
        "OR coalesce(s.followers, 0) <> c.followers OR coalesce(s.following, 0) <> c.following"
    )


async def list_wrong_statuses(db: Reader) -> list[Row]:
    """(status, reblogs, favourites, replies) as its rows say, where its counters say something else."""
    return await db.rows(
        f"SELECT c.id, c.reblogs, c.favourites, c.replies FROM ({OF_STATUSES}) c "
        "LEFT JOIN status_stats s ON s.status_id = c.id WHERE coalesce(s.reblogs, 0) <> c.reblogs "
        "OR coalesce(s.favourites, 0) <> c.favourites OR coalesce(s.replies, 0) <> c.replies"
    )

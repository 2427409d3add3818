"""What search engines may find: public posts and profiles of those who want it, the newest first."""

from dataclasses import dataclass

from mesange.kit.ids import time_of
from mesange.kit.server import Server

MOST_FINDABLE = 10_000
WILLING = (
    "a.domain = '' AND a.is_indexable = 1 AND a.limited_at IS NULL AND a.suspended_at IS NULL "
    "AND a.deleted_at IS NULL AND a.is_pending = 0"
)


@dataclass(frozen=True, slots=True)
class Findable:
    """A profile, or with `status_id` a post; `changed_at` in milliseconds, 0 when nobody knows."""

    username: str
    status_id: int = 0
    changed_at: int = 0


async def list_findable_people(server: Server) -> list[Findable]:
    """Those who wrote last come first. Reads whole tables: keep what it gives. Raises TooSlow."""
    rows = await server.db.slow_rows(
        "SELECT a.username, s.last_status_at FROM accounts a JOIN account_stats s ON s.account_id = a.id "
        f"WHERE {WILLING} AND s.last_status_at IS NOT NULL ORDER BY s.last_status_at DESC LIMIT ?",
        MOST_FINDABLE,
    )
    return [Findable(username, changed_at=at) for username, at in rows]


async def list_findable_posts(server: Server) -> list[Findable]:
    """The same of posts: no boosts, nothing that was only for some."""
    rows = await server.db.slow_rows(
        "SELECT a.username, s.id, s.edited_at FROM statuses s JOIN accounts a ON a.id = s.account_id "
        f"WHERE s.visibility = 'public' AND s.reblog_of_id IS NULL AND {WILLING} ORDER BY s.id DESC LIMIT ?",
        MOST_FINDABLE,
    )
    return [Findable(username, id, edited_at or time_of(id)) for username, id, edited_at in rows]

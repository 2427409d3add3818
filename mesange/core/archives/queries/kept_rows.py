"""What the rooms keep about a person, as they keep it: for who wants to know all of it (GDPR, article 15)."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

from mesange.core.accounts.model import Account
from mesange.core.archives.queries.pages import pages_of
from mesange.kit.clock import iso
from mesange.kit.db import Reader
from mesange.kit.server import Server


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of one table. The first column is a key that rises; `owner` is the column with the account or the login."""

    name: str
    columns: str
    table: str
    owner: str = "account_id"
    is_of_login: bool = False

    @property
    def sql(self) -> str:
        return f"SELECT {self.columns} FROM {self.table} WHERE {self.owner} = ?"


KEPT = (
    Kept("login", "id, email, role, locale, time_zone, undo_seconds, away_hours, has_keys, created_at, confirmed_at, "
         "reason", "users", "id", is_of_login=True),
    Kept("sessions", "id, created_at, seen_at, address, browser", "sessions", "user_id", is_of_login=True),
    Kept("applications", "t.id, c.name, c.website, t.scopes, t.created_at, t.used_at",
         "access_tokens t JOIN oauth_clients c ON c.id = t.client_id", "t.account_id"),
    Kept("notes", "target_id, comment", "account_notes"),
    Kept("mutes", "id, target_id, hides_notifications, expires_at", "mutes"),
    Kept("follow_requests", "id, target_id, shows_reblogs, notifies, languages", "follow_requests"),
    Kept("pins", "id, status_id", "pins"),
    Kept("muted_threads", "thread_id", "thread_mutes"),
    Kept("notifications", "id, kind, from_account_id, status_id", "notifications"),
    Kept("dismissed_notifications", "id, kind, from_account_id, status_id, dismissed_at", "dismissed_notifications"),
    Kept("media", "id, kind, state, description, file, size, width, height, duration, status_id", "media_attachments"),
    Kept("poll_votes", "status_id, choices", "poll_votes"),
    Kept("drafts", "id, parts, updated_at", "drafts"),
    Kept("scheduled_posts", "id, scheduled_at, parts, failed_at, reason", "scheduled_statuses"),
    Kept("lists", "id, title, replies_policy, is_exclusive, is_public", "account_lists"),
    Kept("list_hashtags", "h.id, h.list_id, h.written", "list_hashtags h JOIN account_lists l ON l.id = h.list_id",
         "l.account_id"),
    Kept("decks", "id, title, organization_id", "decks", "user_id", is_of_login=True),
    Kept("deck_columns", "c.id, c.deck_id, c.position, c.kind, c.value",
         "deck_columns c JOIN decks d ON d.id = c.deck_id", "d.user_id", is_of_login=True),
    Kept("followed_lists", "id, list_id", "list_follows"),
    Kept("followed_hashtags", "id, written", "hashtag_follows"),
    Kept("invitations", "id, code, created_at, expires_at, most_uses, uses", "invitations", "user_id",
         is_of_login=True),
    Kept("passkeys", "id, name, created_at, used_at", "passkeys", "user_id", is_of_login=True),
    Kept("filters", "id, title, contexts, action, expires_at", "filters"),
    Kept("filter_keywords", "k.id, k.filter_id, k.keyword, k.is_whole_word",
         "filter_keywords k JOIN filters f ON f.id = k.filter_id", "f.account_id"),
    Kept("blocked_servers", "id, domain", "account_domain_blocks"),
    Kept("reports_made", "id, target_id, category, comment, status_ids, rule_ids, resolved_at", "reports"),
    Kept("decisions_about_me", "id, measure, ground, text, status_ids, is_automated, lifted_at, appeal, appealed_at, "
         "answered_at", "strikes"),
    Kept("push_subscriptions", "id, endpoint, alerts, policy", "push_subscriptions"),
    Kept("conversations", "id, thread_id, people, last_status_id, is_unread", "conversations"),
    Kept("archives", "id, state, size, expires_at", "archives"),
    Kept("imports", "id, kind, is_overwriting, state, lines, good, bad, finished_at", "imports"),
)  # fmt: skip
"""One line for each: a room that keeps more about people adds its own."""


async def kept_rows(server: Server, kept: Kept, account: Account, user_id: int) -> AsyncGenerator[list[dict[str, Any]]]:
    names = [column.strip().rpartition(".")[2] for column in kept.columns.split(",")]
    owner = user_id if kept.is_of_login else account.id
    async for rows in pages_of(server.db, kept.sql, owner):
        yield [{name: _shown(name, value) for name, value in zip(names, row, strict=True)} for row in rows]


async def earlier_versions(db: Reader, account_id: int) -> AsyncGenerator[list[dict[str, Any]]]:
    """What posts said before they were edited."""
    edited = "SELECT id FROM statuses WHERE account_id = ? AND edited_at IS NOT NULL"
    columns = ("status_id", "revision", "text", "spoiler_text", "is_sensitive", "created_at")
    async for page in pages_of(db, edited, account_id):
        rows = await db.rows(
            f"SELECT {', '.join(columns)} FROM status_edits WHERE status_id = ANY(?) ORDER BY status_id, revision",
            [id for (id,) in page],
        )
        yield [{name: _shown(name, value) for name, value in zip(columns, row, strict=True)} for row in rows]


def _shown(name: str, value: Any) -> Any:
    """Times as people write them, ids as texts: other programs round large numbers."""
    if isinstance(value, int) and name.endswith(("_at", "_since")):
        return iso(value)
    if isinstance(value, int) and (name == "id" or name.endswith("_id")):
        return str(value)
    return bool(value) if name.startswith(("is_", "shows_", "hides_")) or name == "notifies" else value

"""The end of an account: everything of it goes, in steps small enough that others go on; its name stays taken."""

import asyncio

from mesange.core.accounts.queries import find_account
from mesange.core.archives.actions.archives import archive_path
from mesange.core.archives.model import STALE_AFTER
from mesange.core.follows.actions import end_follow, hold_accounts
from mesange.core.media.actions.changes import delete_media_rows
from mesange.core.media.actions.files import doom_files
from mesange.core.media.tables import media_attachments
from mesange.core.statuses.actions.delete import erase_status
from mesange.core.statuses.actions.publish import count
from mesange.events.accounts import AccessRevoked, AccountDeleted, AccountUpdated, StandingChanged
from mesange.events.statuses import StatusUnfavourited
from mesange.kit.db import Transaction
from mesange.kit.errors import Gone, NotFound
from mesange.kit.server import Server

AT_ONCE = 20
OF_AN_ACCOUNT = (
    ("bookmarks", "account_id"), ("pins", "account_id"), ("thread_mutes", "account_id"), ("mentions", "account_id"),
    ("notifications", "account_id"), ("notifications", "from_account_id"),
    ("dismissed_notifications", "account_id"), ("dismissed_notifications", "from_account_id"),
    ("markers", "account_id"),
    ("follow_requests", "account_id"), ("follow_requests", "target_id"), ("blocks", "account_id"),
    ("blocks", "target_id"), ("mutes", "account_id"), ("mutes", "target_id"), ("account_notes", "account_id"),
    ("account_notes", "target_id"), ("idempotency_keys", "account_id"), ("drafts", "account_id"),
    ("scheduled_statuses", "account_id"), ("poll_votes", "account_id"), ("list_members", "target_id"),
    ("list_follows", "account_id"), ("account_lists", "account_id"), ("hashtag_follows", "account_id"),
    ("filters", "account_id"), ("account_domain_blocks", "account_id"), ("dismissed_suggestions", "account_id"),
    ("conversation_statuses", "account_id"), ("conversations", "account_id"), ("push_subscriptions", "account_id"),
    ("link_checks", "account_id"), ("archives", "account_id"), ("imports", "account_id"),
    ("account_stats", "account_id"), ("departures", "account_id"), ("deck_columns", "account_id"),
)  # fmt: skip
"""Rows that go with the account: (table, column that names it). What others count is taken back before."""
UNDER_A_LIST = ("list_members", "list_hashtags", "list_follows")
UNDER_A_FILTER = ("filter_keywords", "filter_statuses")
OF_A_LOGIN = (
    "sessions", "access_tokens", "authorization_codes", "mail_links", "second_factors", "recovery_codes", "passkeys",
    "decks", "memberships",
)  # fmt: skip


async def erase_departed(server: Server) -> None:
    """Erase every account whose days of regret are over; one that came back stays."""
    while (account_id := await _next_due(server)) is not None:
        await erase_account(server, account_id)


async def _next_due(server: Server) -> int | None:
    now = server.clock.now()
    async with server.db.transaction() as tx:
        await tx.execute(
            "DELETE FROM departures WHERE account_id IN (SELECT d.account_id FROM departures d JOIN accounts a "
            "ON a.id = d.account_id WHERE a.withdrawn_at IS NULL)"
        )
        account_id = await tx.value(
            "SELECT account_id FROM departures WHERE due_at <= ? AND (claimed_at IS NULL OR claimed_at < ?) "
            "ORDER BY due_at LIMIT 1 FOR UPDATE",
            now,
            now - STALE_AFTER,
        )
        if account_id is not None:
            # From here on nobody comes back to half an account.
            await tx.execute("UPDATE departures SET claimed_at = ? WHERE account_id = ?", now, account_id)
            await tx.execute("UPDATE accounts SET user_id = NULL WHERE id = ?", account_id)
    return account_id


async def erase_account(server: Server, account_id: int) -> None:
    """Repeatable: what an interrupted erasure left is found again."""
    account = await find_account(server, account_id)
    if account is None:
        return
    await _erase_statuses(server, account_id)
    await _take_back_favourites(server, account_id)
    await _end_follows(server, account_id)
    await _erase_media(server, account_id)
    files = [file for (file,) in await server.db.rows("SELECT file FROM archives WHERE account_id = ?", account_id)]
    async with server.db.transaction() as tx:
        user_id = await tx.value("SELECT user_id FROM departures WHERE account_id = ?", account_id)
        await _erase_rows(tx, account_id)
        await doom_files(server, tx, [account.avatar, account.header])
        await tx.execute(
            "UPDATE accounts SET display_name = '', note = '', fields = '[]', avatar = '', header = '', "
            "verified_links = '{}', user_id = NULL, deleted_at = coalesce(withdrawn_at, ?), withdrawn_at = NULL "
            "WHERE id = ?",
            server.clock.now(),
            account_id,
        )
        await _erase_login(tx, user_id or 0)
        tx.emit(AccountUpdated(account_id=account_id))
        tx.emit(StandingChanged(account_id=account_id))
        tx.emit(AccountDeleted(account_id=account_id))
    for file in files:
        await asyncio.to_thread(archive_path(server.settings, file).unlink, missing_ok=True)


async def _erase_statuses(server: Server, account_id: int) -> None:
    """Posts and boosts, one transaction each: others write in between."""
    while rows := await server.db.rows(
        "SELECT id FROM statuses WHERE account_id = ? ORDER BY id LIMIT ?", account_id, AT_ONCE
    ):
        for (status_id,) in rows:
            try:
                async with server.db.transaction() as tx:
                    await erase_status(server, tx, status_id, deletes_media=True)
            except (NotFound, Gone):
                continue  # It went with what it boosted.


async def _take_back_favourites(server: Server, account_id: int) -> None:
    rows = True
    while rows:
        async with server.db.transaction() as tx:
            rows = await tx.rows(
                "DELETE FROM favourites WHERE id IN (SELECT id FROM favourites WHERE account_id = ? LIMIT ?) "
                "RETURNING status_id",
                account_id,
                AT_ONCE,
            )
            for (status_id,) in sorted(rows):
                await count(tx, status_id, "favourites", -1)
                author = await tx.value("SELECT account_id FROM statuses WHERE id = ?", status_id)
                tx.emit(StatusUnfavourited(status_id=status_id, account_id=account_id, author_id=author or 0))


async def _end_follows(server: Server, account_id: int) -> None:
    while rows := await server.db.rows(
        "SELECT account_id, target_id FROM follows WHERE account_id = ? OR target_id = ? LIMIT ?",
        account_id,
        account_id,
        AT_ONCE,
    ):
        async with server.db.transaction() as tx:
            # All of them in one order, first of all: two erasures never wait for each other.
            await hold_accounts(tx, *{id for pair in rows for id in pair})
            for follower, followed in sorted(rows):
                await end_follow(tx, follower, followed)


async def _erase_media(server: Server, account_id: int) -> None:
    rows = True
    while rows:
        async with server.db.transaction() as tx:
            rows = await tx.rows(
                f"SELECT {media_attachments.columns} FROM media_attachments WHERE account_id = ? LIMIT ? FOR UPDATE",
                account_id,
                AT_ONCE,
            )
            if rows:
                await delete_media_rows(server, tx, [media_attachments.load(row) for row in rows])


async def _erase_rows(tx: Transaction, account_id: int) -> None:
    for table in UNDER_A_LIST:
        await tx.execute(
            f"DELETE FROM {table} WHERE list_id IN (SELECT id FROM account_lists WHERE account_id = ?)", account_id
        )
    for table in UNDER_A_FILTER:
        await tx.execute(
            f"DELETE FROM {table} WHERE filter_id IN (SELECT id FROM filters WHERE account_id = ?)", account_id
        )
    for table, column in OF_AN_ACCOUNT:
        await tx.execute(f"DELETE FROM {table} WHERE {column} = ?", account_id)


async def _erase_login(tx: Transaction, user_id: int) -> None:
    """Who has no other account and belongs to no organization has no login either."""
    held = await tx.value(
        "SELECT 1 FROM accounts WHERE user_id = ? UNION ALL SELECT 1 FROM memberships WHERE user_id = ? LIMIT 1",
        user_id,
        user_id,
    )
    if user_id and not held:
        await tx.execute("DELETE FROM deck_columns WHERE deck_id IN (SELECT id FROM decks WHERE user_id = ?)", user_id)
        for table in OF_A_LOGIN:
            await tx.execute(f"DELETE FROM {table} WHERE user_id = ?", user_id)
        await tx.execute("DELETE FROM users WHERE id = ?", user_id)
        tx.emit(AccessRevoked(user_id=user_id))

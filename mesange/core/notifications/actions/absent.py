"""Who was away for long learns by mail that somebody wrote; what was written is read here."""

from mesange.core.accounts.actions.letters import send_letter
from mesange.core.accounts.model import User
from mesange.core.accounts.tables import users
from mesange.core.notifications.model import NotificationKind
from mesange.kit.clock import HOUR
from mesange.kit.db import Reader
from mesange.kit.ids import first_id_at
from mesange.kit.server import Server

AT_ONCE = 200
MOST_COUNTED = 100


async def tell_the_absent(server: Server) -> None:
    """One mail for everything that waits; the next only when something newer does."""
    last = 0
    while found := await _readers(server.db, last):
        for user, seen_at in found:
            last = user.id
            if seen_at < server.clock.now() - user.away_hours * HOUR:
                await _tell(server, user, seen_at)


async def _readers(db: Reader, after: int) -> list[tuple[User, int]]:
    """Who wants to be told, and when they were here last."""
    rows = await db.rows(
        f"SELECT {users.columns_of('u')}, coalesce((SELECT max(s.seen_at) FROM sessions s WHERE s.user_id = u.id), 0), "
        "coalesce((SELECT max(t.used_at) FROM access_tokens t WHERE t.user_id = u.id), 0) FROM users u "
        "WHERE u.away_hours > 0 AND u.id > ? AND u.disabled_at IS NULL AND u.confirmed_at IS NOT NULL "
        "ORDER BY u.id LIMIT ?",
        after,
        AT_ONCE,
    )
    return [(users.load(row[:-2]), max(row[-2:])) for row in rows]


async def _tell(server: Server, user: User, seen_at: int) -> None:
    async with server.db.transaction() as tx:
        told = await tx.value("SELECT away_told_id FROM users WHERE id = ? FOR UPDATE", user.id)
        waiting = await tx.rows(
            "SELECT n.id FROM notifications n JOIN accounts a ON a.id = n.account_id WHERE a.user_id = ? "
            "AND n.kind = ? AND n.is_apart = 0 AND n.id > ? ORDER BY n.id DESC LIMIT ?",
            user.id,
            NotificationKind.MENTION.value,
            max(told, first_id_at(seen_at)),
            MOST_COUNTED,
        )
        if waiting:
            await tx.execute("UPDATE users SET away_told_id = ? WHERE id = ?", waiting[0][0], user.id)
            count = f"{len(waiting)}+" if len(waiting) == MOST_COUNTED else str(len(waiting))
            await send_letter(server, tx, user, "away", count=count)

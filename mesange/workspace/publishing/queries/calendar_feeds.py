"""Who reads a calendar by a secret address."""

from mesange.kit.db import Reader
from mesange.kit.secrets import secret_hash
from mesange.workspace.publishing.model.calendar_feeds import CalendarFeed
from mesange.workspace.publishing.tables import calendar_feeds


async def find_feed(db: Reader, secret: str) -> CalendarFeed | None:
    """None for a secret that was revoked, and when the login of its member is closed."""
    row = await db.row(
        f"SELECT {calendar_feeds.columns_of('f')} FROM calendar_feeds f JOIN users u ON u.id = f.user_id "
        "WHERE f.secret_hash = ? AND u.disabled_at IS NULL",
        secret_hash(secret),
    )
    return calendar_feeds.load(row) if row else None


async def has_feed(db: Reader, organization_id: int, user_id: int) -> bool:
    found = await db.value(
        "SELECT 1 FROM calendar_feeds WHERE organization_id = ? AND user_id = ?", organization_id, user_id
    )
    return found is not None

"""The secret address of a calendar: made, made anew, revoked."""

from mesange.core.accounts.model import Viewer
from mesange.kit.secrets import new_secret, secret_hash
from mesange.kit.server import Server
from mesange.workspace.publishing.model.calendar_feeds import CalendarFeed
from mesange.workspace.publishing.queries import list_roles
from mesange.workspace.publishing.tables import calendar_feeds

REVOKE = "DELETE FROM calendar_feeds WHERE organization_id = ? AND user_id = ?"


async def open_feed(server: Server, viewer: Viewer, organization_id: int) -> str:
    """A new secret, told once; an earlier one of this member leads nowhere any more. Raises NotFound."""
    secret = new_secret()
    feed = CalendarFeed(server.ids.next(), organization_id, viewer.user_id, secret_hash(secret))
    async with server.db.transaction() as tx:
        await list_roles(tx, viewer, organization_id)
        await tx.execute(REVOKE, organization_id, viewer.user_id)
        await tx.insert(calendar_feeds, feed)
    return secret


async def close_feed(server: Server, viewer: Viewer, organization_id: int) -> None:
    """The address leads nowhere any more."""
    async with server.db.transaction() as tx:
        await tx.execute(REVOKE, organization_id, viewer.user_id)

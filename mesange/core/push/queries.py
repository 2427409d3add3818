"""Reads of push: a client sees its own subscription, and no other; a person sees all of theirs."""

from mesange.core.accounts.model import Viewer
from mesange.core.push.model import PushSubscription
from mesange.core.push.tables import push_subscriptions
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound


async def get_subscription(db: Reader, viewer: Viewer) -> PushSubscription:
    """Of the viewer's token. Raises NotFound."""
    row = await db.row(
        f"SELECT {push_subscriptions.columns} FROM push_subscriptions WHERE token_id = ? AND account_id = ?",
        viewer.token_id,
        viewer.account_id,
    )
    if row is None:
        raise NotFound()
    return push_subscriptions.load(row)


async def list_subscriptions(db: Reader, viewer: Viewer) -> list[tuple[PushSubscription, str, str]]:
    """This person's, the newest first: each with the browser or the application to which it belongs, one of them ""."""
    rows = await db.rows(
        f"SELECT {push_subscriptions.columns_of('p')}, coalesce(s.browser, ''), coalesce(c.name, '') "
        "FROM push_subscriptions p LEFT JOIN sessions s ON s.id = p.session_id "
        "LEFT JOIN access_tokens t ON t.id = p.token_id LEFT JOIN oauth_clients c ON c.id = t.client_id "
        "WHERE p.user_id = ? ORDER BY p.id DESC LIMIT 200",
        viewer.user_id,
    )
    return [(push_subscriptions.load(row[:-2]), *row[-2:]) for row in rows]

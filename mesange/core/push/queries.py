"""Reads of push: a client sees its own subscription, and no other."""

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

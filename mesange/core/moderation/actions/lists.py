"""Subscribing to lists of blocks, reading them otherwise, stopping them, taking back what they brought."""

from mesange.core.accounts.model import Viewer
from mesange.core.moderation.actions.domains import remove_block
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.model import BlockSubscription, Severity
from mesange.core.moderation.queries import get_subscription
from mesange.core.moderation.tables import block_subscriptions
from mesange.kit.db import Duplicate
from mesange.kit.errors import Invalid
from mesange.kit.server import Server

MOST_SUBSCRIPTIONS = 20


async def subscribe_list(server: Server, viewer: Viewer, url: str, *, applies_itself: bool) -> BlockSubscription:
    """Read a list every day from now on. Raises Invalid."""
    url = url.strip()
    if not url.startswith("https://") or len(url) > 1_000:
        raise Invalid("The address of a list begins with https://.", field="url")
    made = BlockSubscription(server.ids.next(), url, applies_itself, server.clock.now())
    try:
        async with server.db.transaction() as tx:
            if await tx.value("SELECT count(*) FROM block_subscriptions") >= MOST_SUBSCRIPTIONS:
                raise Invalid("There are 20 lists already: end one first.", field="url")
            await tx.insert(block_subscriptions, made)
            await note_act(server, tx, viewer, "list subscribed", f"list:{made.id}", url=url, alone=applies_itself)
    except Duplicate:
        raise Invalid("This list is subscribed to already.", field="url") from None
    return made


async def change_subscription(
    server: Server, viewer: Viewer, list_id: int, *, applies_itself: bool, severity: str, is_stopped: bool
) -> None:
    """Read a list otherwise from now on; it is read again soon, so that what it brought follows. Raises NotFound,
    Invalid."""
    if severity and severity not in list(Severity):
        raise Invalid("This severity does not exist.", field="severity")
    before = await get_subscription(server.db, list_id)
    async with server.db.transaction() as tx:
        await tx.execute(
            "UPDATE block_subscriptions SET applies_itself = ?, severity = ?, is_stopped = ?, next_at = ?, "
            "attempts = 0 WHERE id = ?",
            int(applies_itself),
            severity,
            int(is_stopped),
            server.clock.now(),
            list_id,
        )
        was = {"alone": before.applies_itself, "severity": before.severity, "stopped": before.is_stopped}
        await note_act(
            server, tx, viewer, "list changed", f"list:{list_id}", was,
            alone=applies_itself, severity=severity, stopped=is_stopped,
        )  # fmt: skip


async def take_back_list(server: Server, viewer: Viewer, list_id: int) -> None:
    """Every block that it brought goes, and it is stopped: read again, it would bring them again. Raises NotFound."""
    found = await get_subscription(server.db, list_id)
    async with server.db.transaction() as tx:
        await tx.execute(
            "UPDATE block_subscriptions SET is_stopped = 1, pending = '', why_waits = '', names = 0 WHERE id = ?",
            list_id,
        )
        await note_act(server, tx, viewer, "list taken back", f"list:{list_id}", url=found.url)
        for (domain,) in await tx.rows("SELECT domain FROM domain_blocks WHERE subscription_id = ?", list_id):
            await remove_block(server, tx, viewer, domain, found.url)


async def unsubscribe_list(server: Server, viewer: Viewer, list_id: int) -> None:
    """The blocks that it brought stay, as if made by hand. Raises NotFound."""
    ended = await get_subscription(server.db, list_id)
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM block_subscriptions WHERE id = ?", list_id)
        await note_act(server, tx, viewer, "list ended", f"list:{list_id}", url=ended.url)
        await tx.execute("UPDATE domain_blocks SET subscription_id = NULL WHERE subscription_id = ?", list_id)


async def read_again(server: Server, viewer: Viewer, list_id: int) -> None:
    """Soon, not tomorrow."""
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE block_subscriptions SET next_at = ? WHERE id = ?", server.clock.now(), list_id)
        await note_act(server, tx, viewer, "list read again", f"list:{list_id}")

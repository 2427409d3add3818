"""Reading the lists of blocks that others keep, and taking them over; each change in the log names its list."""

from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.moderation.actions.domains import remove_block, write_block
from mesange.core.moderation.model import BlockSubscription, ListChanges, is_sudden, list_changes, wanted_by
from mesange.core.moderation.queries import get_subscription, list_domain_blocks
from mesange.core.moderation.tables import block_subscriptions
from mesange.kit.clock import DAY, HOUR, MINUTE
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.http import Budget
from mesange.kit.server import Server

MOST_BYTES = 2_000_000
PATIENCE = (10 * MINUTE, HOUR, 6 * HOUR, DAY)


async def fetch_lists(server: Server) -> None:
    """Read every list that is due; one that cannot be read is tried again, later each time."""
    while subscription := await _claimed(server):
        try:
            text = await _fetched(server, subscription.url)
            await _arrived(server, subscription, text)
        except MesangeError as error:
            wait = PATIENCE[min(subscription.attempts, len(PATIENCE) - 1)]
            async with server.db.transaction() as tx:
                await tx.execute(
                    "UPDATE block_subscriptions SET attempts = attempts + 1, next_at = ?, failure = ? WHERE id = ?",
                    server.clock.now() + wait,
                    error.public_text[:300],
                    subscription.id,
                )


async def _claimed(server: Server) -> BlockSubscription | None:
    now = server.clock.now()
    async with server.db.transaction() as tx:
        row = await tx.row(
            f"SELECT {block_subscriptions.columns} FROM block_subscriptions WHERE next_at <= ? AND is_stopped = 0 "
            "ORDER BY next_at LIMIT 1 FOR UPDATE",
            now,
        )
        if row is not None:
            await tx.execute("UPDATE block_subscriptions SET next_at = ? WHERE id = ?", now + HOUR, row[0])
    return block_subscriptions.load(row) if row else None


async def _fetched(server: Server, url: str) -> str:
    """Raises OutgoingFailed, OutgoingRefused, Invalid."""
    answer = await server.http.get(url, accept="text/csv, text/plain", budget=Budget(bytes_read=MOST_BYTES))
    if answer.status != 200:
        raise Invalid(f"The list cannot be read: the other server answered {answer.status}.")
    return answer.body.decode("utf-8", "replace")


async def _arrived(server: Server, subscription: BlockSubscription, text: str) -> None:
    now = server.clock.now()
    wanted = wanted_by(subscription, text, now)
    if not wanted:
        raise Invalid("There is no name on this list.")
    here = {block.domain: block for block in await list_domain_blocks(server.db)}
    changes = list_changes(here, wanted, subscription.id)
    why = "sudden" if is_sudden(subscription.names, len(wanted)) else "" if subscription.applies_itself else "review"
    async with server.db.transaction() as tx:
        await tx.execute(
            "UPDATE block_subscriptions SET attempts = 0, failure = '', next_at = ?, read_at = ?, pending = ?, "
            "why_waits = ? WHERE id = ?",
            now + DAY,
            now,
            text if why and not changes.is_empty else "",
            why if not changes.is_empty else "",
            subscription.id,
        )
        if not why or changes.is_empty:
            await _take_over(server, tx, VISITOR, subscription, changes, len(wanted))


async def take_over(server: Server, viewer: Viewer, list_id: int) -> None:
    """Do what the waiting list would change, as it stands now. Raises NotFound."""
    subscription = await get_subscription(server.db, list_id)
    wanted = wanted_by(subscription, subscription.pending, server.clock.now())
    if not wanted:
        return
    here = {block.domain: block for block in await list_domain_blocks(server.db)}
    async with server.db.transaction() as tx:
        changes = list_changes(here, wanted, list_id)
        await _take_over(server, tx, viewer, subscription, changes, len(wanted))


async def _take_over(
    server: Server, tx: Transaction, viewer: Viewer, subscription: BlockSubscription, changes: ListChanges, names: int
) -> None:
    for block in (*changes.added, *changes.changed):
        await write_block(server, tx, viewer, block, subscription.url)
    for block in changes.removed:
        await remove_block(server, tx, viewer, block.domain, subscription.url)
    await tx.execute(
        "UPDATE block_subscriptions SET pending = '', why_waits = '', names = ? WHERE id = ?", names, subscription.id
    )

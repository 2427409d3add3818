"""Messages on their way: written with the notification, tried by a job until they arrive or nobody listens."""

from dataclasses import replace

from mesange.core.accounts.model import Viewer
from mesange.core.push.memory import PushMemory
from mesange.core.push.model import PATIENCE, PushDelivery, PushPolicy, PushSubscription
from mesange.core.push.tables import push_deliveries, push_subscriptions
from mesange.events.push import PushSubscriptionChanged
from mesange.kit.db import Transaction
from mesange.kit.errors import NotFound
from mesange.kit.server import Server
from mesange.kit.webpush import Outcome, Recipient, push, server_keys

AT_ONCE = 20
TEST = 0
"""Instead of a notification: a word that tells of nothing."""


async def queue_pushes(
    server: Server, tx: Transaction, account_id: int, from_account_id: int, kind: str, notification_id: int
) -> None:
    """Send a notification, with its commit, to each client of the account that asked for its kind."""
    if account_id not in await _subscribers(server, tx):
        return
    rows = await tx.rows(
        f"SELECT {push_subscriptions.columns} FROM push_subscriptions WHERE account_id = ? ORDER BY id FOR SHARE",
        account_id,
    )
    now = server.clock.now()
    for subscription in map(push_subscriptions.load, rows):
        if kind in subscription.alerts.split() and await _is_wanted(tx, subscription, from_account_id):
            delivery = PushDelivery(server.ids.next(), subscription.id, notification_id, 0, now)
            await tx.insert(push_deliveries, delivery)


async def queue_test(server: Server, viewer: Viewer, subscription_id: int) -> None:
    """Send a word to one of this person's clients, to see whether it arrives. Raises NotFound for another's."""
    now = server.clock.now()
    async with server.db.transaction() as tx:
        sql = "SELECT 1 FROM push_subscriptions WHERE id = ? AND user_id = ? FOR SHARE"
        if not await tx.row(sql, subscription_id, viewer.user_id):
            raise NotFound()
        await tx.insert(push_deliveries, PushDelivery(server.ids.next(), subscription_id, TEST, 0, now))


async def _subscribers(server: Server, tx: Transaction) -> frozenset[int]:
    kept = server.of(PushMemory).accounts
    accounts = kept.get(0)
    if accounts is None:
        since = kept.forgotten
        accounts = frozenset(id for (id,) in await tx.rows("SELECT DISTINCT account_id FROM push_subscriptions"))
        kept.keep(0, accounts, since)
    return accounts


async def _is_wanted(tx: Transaction, subscription: PushSubscription, from_account_id: int) -> bool:
    match subscription.policy:
        case PushPolicy.ALL:
            return True
        case PushPolicy.NONE:
            return False
        case PushPolicy.FOLLOWED:
            pair = (subscription.account_id, from_account_id)
        case PushPolicy.FOLLOWER:
            pair = (from_account_id, subscription.account_id)
    return bool(await tx.value("SELECT 1 FROM follows WHERE account_id = ? AND target_id = ?", *pair))


async def claim_deliveries(server: Server) -> list[tuple[PushDelivery, PushSubscription]]:
    """What is due, oldest first, already counted as tried, so that two servers never send the same."""
    now = server.clock.now()
    rows = await server.db.rows(
        f"SELECT {push_deliveries.columns_of('d')}, {push_subscriptions.columns_of('s')} FROM push_deliveries d "
        "JOIN push_subscriptions s ON s.id = d.subscription_id WHERE d.next_attempt_at <= ? "
        "ORDER BY d.next_attempt_at, d.id LIMIT ?",
        now,
        AT_ONCE,
    )
    width = len(push_deliveries.fields)
    pairs = [(push_deliveries.load(row[:width]), push_subscriptions.load(row[width:])) for row in rows]
    return [(tried, subscription) for due, subscription in pairs if (tried := await _claimed(server, due, now))]


async def _claimed(server: Server, due: PushDelivery, now: int) -> PushDelivery | None:
    tried = replace(
        due, attempts=due.attempts + 1, next_attempt_at=now + PATIENCE[min(due.attempts, len(PATIENCE) - 1)]
    )
    async with server.db.transaction() as tx:
        is_ours = await tx.execute(
            "UPDATE push_deliveries SET attempts = ?, next_attempt_at = ? WHERE id = ? AND next_attempt_at = ?",
            tried.attempts,
            tried.next_attempt_at,
            due.id,
            due.next_attempt_at,
        )
    return tried if is_ours else None


async def send_push(server: Server, delivery: PushDelivery, subscription: PushSubscription, message: bytes) -> None:
    """Try once; what must be tried again stays."""
    recipient = Recipient(subscription.endpoint, subscription.p256dh, subscription.auth, subscription.is_standard)
    keys = server_keys(server.settings)
    await settle_delivery(server, delivery, await push(server.http, keys, recipient, message, server.clock.now()))


async def settle_delivery(server: Server, delivery: PushDelivery, outcome: Outcome) -> None:
    """Later means that the claim said when; everything else ends it, and where nobody listens, the subscription too."""
    if outcome is Outcome.LATER and delivery.attempts < len(PATIENCE):
        return
    async with server.db.transaction() as tx:
        if outcome is Outcome.GONE:
            for account_id in await remove_subscriptions(tx, "id = ?", delivery.subscription_id):
                tx.emit(PushSubscriptionChanged(account_id=account_id))
        await tx.execute("DELETE FROM push_deliveries WHERE id = ?", delivery.id)


async def remove_subscriptions(tx: Transaction, where: str, *values: int) -> list[int]:
    """Subscriptions and what is on its way to them; whose they were. The subscription goes first, so that two who
    remove the same wait for each other there and nowhere else."""
    rows = await tx.rows(f"DELETE FROM push_subscriptions WHERE {where} RETURNING id, account_id", *values)
    await tx.execute("DELETE FROM push_deliveries WHERE subscription_id = ANY(?)", [id for id, _ in rows])
    return [account_id for _, account_id in rows]

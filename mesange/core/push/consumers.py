"""Ends what ended access had subscribed to, and keeps the memory of push true."""

from mesange.core.push.actions.subscriptions import forget_access
from mesange.core.push.memory import PushMemory
from mesange.events.accounts import AccessRevoked
from mesange.events.push import PushSubscriptionChanged
from mesange.kit.consumers import Consumer
from mesange.kit.db import Transaction
from mesange.kit.server import Server


async def on_access_revoked(server: Server, tx: Transaction, event: AccessRevoked) -> None:
    of_everything = not event.token_ids and not event.session_ids
    await forget_access(tx, event.user_id, event.token_ids, event.session_ids, of_everything=of_everything)


async def on_subscription_changed(server: Server, event: PushSubscriptionChanged) -> None:
    server.of(PushMemory).accounts.forget_all()


LISTENERS = {PushSubscriptionChanged: [on_subscription_changed]}
CONSUMER = Consumer("push", {AccessRevoked: [on_access_revoked]})

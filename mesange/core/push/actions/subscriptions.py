"""A client says what it wants to be told, and where."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.push.actions.deliveries import remove_subscriptions
from mesange.core.push.model import ALERTS, PushSubscription, checked_policy
from mesange.core.push.queries import get_subscription
from mesange.core.push.tables import push_subscriptions
from mesange.events.push import PushSubscriptionChanged
from mesange.kit.db import Transaction
from mesange.kit.errors import NotFound
from mesange.kit.server import Server
from mesange.kit.webpush import Recipient, server_keys

NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Wishes:
    alerts: Iterable[str] = ()
    policy: str = "all"

    @property
    def kinds(self) -> str:
        return " ".join(kind for kind in ALERTS if kind in set(self.alerts))


async def subscribe(
    server: Server, viewer: Viewer, recipient: Recipient, wishes: Wishes, token: str
) -> PushSubscription:
    """The token's only subscription: a new one takes the place of the old. Raises Invalid."""
    new = replace(
        _of(server, viewer, recipient, wishes), token_id=viewer.token_id, sealed_token=sealed_token(server, token)
    )
    async with server.db.transaction() as tx:
        await remove_subscriptions(tx, "token_id = ?", viewer.token_id)
        await tx.insert(push_subscriptions, new)
        tx.emit(PushSubscriptionChanged(account_id=new.account_id))
    return new


async def subscribe_browser(server: Server, viewer: Viewer, recipient: Recipient, wishes: Wishes) -> PushSubscription:
    """The account's only subscription in the viewer's browser. Raises Invalid."""
    new = replace(_of(server, viewer, recipient, wishes), session_id=viewer.session_id)
    async with server.db.transaction() as tx:
        await remove_subscriptions(tx, "session_id = ? AND account_id = ?", viewer.session_id, new.account_id)
        await tx.insert(push_subscriptions, new)
        tx.emit(PushSubscriptionChanged(account_id=new.account_id))
    return new


def _of(server: Server, viewer: Viewer, recipient: Recipient, wishes: Wishes) -> PushSubscription:
    return PushSubscription(
        server.ids.next(),
        None,
        acting_account(viewer),
        viewer.user_id,
        recipient.endpoint,
        recipient.p256dh,
        recipient.auth,
        recipient.is_standard,
        wishes.kinds,
        checked_policy(wishes.policy),
        b"",
    )


async def change_wishes(server: Server, viewer: Viewer, wishes: Wishes) -> PushSubscription:
    """Raises NotFound when this client has no subscription, Invalid."""
    policy = checked_policy(wishes.policy)
    async with server.db.transaction() as tx:
        found = await get_subscription(tx, viewer)
        await tx.execute(
            "UPDATE push_subscriptions SET alerts = ?, policy = ? WHERE id = ?", wishes.kinds, policy.value, found.id
        )
        tx.emit(PushSubscriptionChanged(account_id=found.account_id))
        return await get_subscription(tx, viewer)


async def unsubscribe(server: Server, viewer: Viewer) -> None:
    async with server.db.transaction() as tx:
        if await remove_subscriptions(tx, "token_id = ?", viewer.token_id):
            tx.emit(PushSubscriptionChanged(account_id=acting_account(viewer)))


async def stop_subscription(server: Server, viewer: Viewer, subscription_id: int) -> None:
    """One of this person's, wherever it was made. Raises NotFound for another's."""
    async with server.db.transaction() as tx:
        if not (stopped := await remove_subscriptions(tx, "id = ? AND user_id = ?", subscription_id, viewer.user_id)):
            raise NotFound()
        tx.emit(PushSubscriptionChanged(account_id=stopped[0]))


async def forget_access(
    tx: Transaction, user_id: int, token_ids: Iterable[int], ended_sessions: Iterable[int], *, of_everything: bool
) -> None:
    """Access ended: nobody is told under it any more."""
    if of_everything:
        await remove_subscriptions(tx, "user_id = ?", user_id)
    for token_id in token_ids:
        await remove_subscriptions(tx, "token_id = ?", token_id)
    for session_id in ended_sessions:
        # A browser that only acts as another account now is still there.
        is_over = "NOT EXISTS (SELECT 1 FROM sessions WHERE id = session_id)"
        await remove_subscriptions(tx, f"session_id = ? AND {is_over}", session_id)


def sealed_token(server: Server, token: str) -> bytes:
    """Clients tell their accounts apart by the token in a push; a copied database alone gives it to nobody."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(server_keys(server.settings).secret_for("push tokens")).encrypt(nonce, token.encode(), None)


def opened_token(server: Server, subscription: PushSubscription) -> str:
    """ "" for a browser, which needs none, and when the server's key is another one than when the client subscribed."""
    if subscription.token_id is None:
        return ""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sealed = subscription.sealed_token
    cipher = AESGCM(server_keys(server.settings).secret_for("push tokens"))
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()
    except InvalidTag:
        return ""

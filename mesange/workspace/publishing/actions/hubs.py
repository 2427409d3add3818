"""WebSub: a hub tells us that a feed has news, so that it is asked at once and otherwise hardly ever.

What a hub delivers is not read: a signed delivery only makes the relay ask the feed itself.
"""

import hashlib
import hmac
from dataclasses import replace
from urllib.parse import urlencode

from mesange.kit.clock import DAY, HOUR, MINUTE, SECOND
from mesange.kit.db import Transaction
from mesange.kit.errors import Gone, NotFound
from mesange.kit.feeds import Feed
from mesange.kit.http import Budget, OutgoingFailed, OutgoingRefused
from mesange.kit.secrets import new_secret
from mesange.kit.server import Server
from mesange.workspace.publishing.model.relays import HubLease, RelayState
from mesange.workspace.publishing.tables import hub_leases

ASKED_LEASE = 10 * DAY
LEAST_LEASE, MOST_LEASE = HOUR, 30 * DAY
ANSWERS_WITHIN = 15 * MINUTE
MOST_TRIES = 8
AT_ONCE = 10
HASHES = ("sha1", "sha256", "sha384", "sha512")


async def meet_hub(server: Server, tx: Transaction, relay_id: int, feed: Feed) -> None:
    """Ask the feed's hub for its calls, unless it is asked already; forget one that the feed no longer names."""
    row = await tx.row(f"SELECT {hub_leases.columns} FROM hub_leases WHERE id = ?", relay_id)
    before = hub_leases.load(row) if row else None
    if before is not None and (before.hub, before.topic) == (feed.hub, feed.topic):
        return
    if before is not None:
        await tx.execute("DELETE FROM hub_leases WHERE id = ?", relay_id)
    if feed.hub:
        lease = HubLease(relay_id, feed.hub, feed.topic, new_secret(), new_secret(), None, server.clock.now())
        await tx.insert(hub_leases, lease)


async def renew_leases(server: Server) -> None:
    """Ask every hub whose promise ends soon, or that has not answered; one that never does is left alone."""
    now = server.clock.now()
    rows = await server.db.rows(
        f"SELECT {hub_leases.columns} FROM hub_leases WHERE next_at <= ? ORDER BY next_at LIMIT ?", now, AT_ONCE
    )
    for lease in map(hub_leases.load, rows):
        asked = replace(lease, attempts=lease.attempts + 1, next_at=now + (ANSWERS_WITHIN << lease.attempts))
        async with server.db.transaction() as tx:
            is_ours = await tx.execute(
                "UPDATE hub_leases SET attempts = ?, next_at = ? WHERE id = ? AND next_at = ?",
                asked.attempts,
                now + MOST_LEASE if lease.attempts >= MOST_TRIES else asked.next_at,
                lease.id,
                lease.next_at,
            )
        if is_ours and lease.attempts < MOST_TRIES:
            await _ask(server, lease)


async def _ask(server: Server, lease: HubLease) -> None:
    form = {
        "hub.callback": f"{server.settings.public_origin}/websub/{lease.token}",
        "hub.mode": "subscribe",
        "hub.topic": lease.topic,
        "hub.lease_seconds": str(ASKED_LEASE // SECOND),
        "hub.secret": lease.secret,
    }
    try:
        await server.http.post(
            lease.hub,
            urlencode(form).encode(),
            content_type="application/x-www-form-urlencoded",
            budget=Budget(seconds=10, bytes_read=100_000),
        )
    except (OutgoingFailed, OutgoingRefused):
        return  # `next_at` says when it is asked again; the feed is read by the clock meanwhile.


async def answer_hub(server: Server, token: str, mode: str, topic: str, challenge: str, lease_seconds: str) -> str:
    """The challenge, if we asked for this: the hub calls from now on, as long as it says. Raises NotFound."""
    async with server.db.transaction() as tx:
        row = await tx.row(f"SELECT {hub_leases.columns} FROM hub_leases WHERE token = ? FOR UPDATE", token)
        lease = hub_leases.load(row) if row else None
        if lease is None or mode != "subscribe" or topic != lease.topic or not challenge:
            raise NotFound()
        told = int(lease_seconds) if lease_seconds.isascii() and lease_seconds.isdigit() else 0
        life = min(max(min(told, MOST_LEASE // SECOND) * SECOND or ASKED_LEASE, LEAST_LEASE), MOST_LEASE)
        now = server.clock.now()
        held = replace(lease, expires_at=now + life, next_at=now + life * 9 // 10, attempts=0)
        await tx.update(hub_leases, held)
    return challenge


async def hear_hub(server: Server, token: str, signature: str, body: bytes) -> None:
    """There is news: ask the feed now, if the hub proves that it is the one. Raises Gone when nobody listens."""
    row = await server.db.row(f"SELECT {hub_leases.columns} FROM hub_leases WHERE token = ?", token)
    if row is None:
        raise Gone()
    lease = hub_leases.load(row)
    if is_signed(lease.secret, signature, body):
        async with server.db.transaction() as tx:
            await tx.execute(
                "UPDATE feed_relays SET next_at = ? WHERE id = ? AND state = ? AND next_at > ?",
                server.clock.now(),
                lease.id,
                RelayState.ACTIVE,
                server.clock.now(),
            )


def is_signed(secret: str, signature: str, body: bytes) -> bool:
    """By X-Hub-Signature, `sha256=…` in hexadecimal."""
    method, _, given = signature.partition("=")
    if method not in HASHES:
        return False
    right = hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()
    return hmac.compare_digest(right.encode(), given.strip().lower().encode())

"""Handing a sealed message to the service that carries it."""

from enum import Enum

from mesange.kit.http import Budget, Http, OutgoingFailed, OutgoingRefused, Target
from mesange.kit.webpush.keys import ServerKeys
from mesange.kit.webpush.sealing import Recipient, sealed

KEPT_SECONDS = 48 * 3_600
"""How long the service keeps a message for a phone that sleeps."""
GONE = (404, 410)
LATER = (408, 429)


class Outcome(Enum):
    """What became of a message."""

    SENT = 0
    LATER = 1
    REFUSED = 2
    GONE = 3


async def push(http: Http, keys: ServerKeys, recipient: Recipient, message: bytes, now: int) -> Outcome:
    """`GONE`: nobody listens there any more. `REFUSED`: this message never arrives. `now` in milliseconds."""
    body, headers = sealed(recipient, message)
    token = keys.claim(Target.read(recipient.endpoint).origin, now)
    if recipient.is_standard:
        headers["authorization"] = f"vapid t={token}, k={keys.public}"
    else:
        headers["authorization"] = f"WebPush {token}"
        headers["crypto-key"] += f";p256ecdsa={keys.public}"
    headers |= {"ttl": str(KEPT_SECONDS), "urgency": "normal"}
    budget = Budget(seconds=15, bytes_read=64 << 10, requests=1)
    try:
        answer = await http.post(
            recipient.endpoint, body, content_type="application/octet-stream", headers=headers, budget=budget
        )
    except OutgoingRefused:
        return Outcome.REFUSED
    except OutgoingFailed:
        return Outcome.LATER
    if answer.status in GONE:
        return Outcome.GONE
    if answer.status in LATER or answer.status >= 500:
        return Outcome.LATER
    return Outcome.SENT if answer.status < 300 else Outcome.REFUSED

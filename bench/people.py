"""Who takes part: a ring where each follows the next thirty, a herald, and listeners who follow the herald."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.failure import refused
from bench.wire import Address, Wire, get, post

RING = 50
FOLLOWS = 30


@dataclass(frozen=True)
class Member:
    """An account on the measured server, with a token that may read, write and follow."""

    token: str
    id: str
    acct: str


async def recognise(address: Address, tokens: Iterable[str]) -> list[Member]:
    """Asks the server whose tokens these are."""
    wire = await Wire.open(address)
    members = [await _recognised(wire, token) for token in tokens]
    wire.close()
    return members


async def _recognised(wire: Wire, token: str) -> Member:
    answer = await wire.ask(get("/api/v1/accounts/verify_credentials", token))
    if answer.status != 200:
        raise refused(answer)
    account = json.loads(answer.body)
    return Member(token=token, id=account["id"], acct=account["acct"])


def followed_by(ring: Sequence[Member], place: int) -> list[Member]:
    """The thirty next in the ring, so each author has thirty followers."""
    return [ring[(place + step) % len(ring)] for step in range(1, min(FOLLOWS, len(ring) - 1) + 1)]


def followers_of(ring: Sequence[Member], place: int) -> list[Member]:
    return [ring[(place - step) % len(ring)] for step in range(1, min(FOLLOWS, len(ring) - 1) + 1)]


def ring_follows(ring: Sequence[Member]) -> list[bytes]:
    return [follow(member, other) for place, member in enumerate(ring) for other in followed_by(ring, place)]


def follow(member: Member, other: Member) -> bytes:
    return post(f"/api/v1/accounts/{other.id}/follow", member.token)

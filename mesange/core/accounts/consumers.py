"""Keeps the memory of accounts true, and ends the access and the streams of whoever lost it."""

from mesange.core.accounts.actions.members import end_lost_access
from mesange.core.accounts.memory import AccountMemory
from mesange.events.accounts import (
    AccessRevoked,
    AccountUpdated,
    MembershipChanged,
    SecondFactorChanged,
    SignUpAccepted,
    StandingChanged,
    UserConfirmed,
)
from mesange.kit.consumers import Consumer
from mesange.kit.db import Transaction
from mesange.kit.server import Server


async def on_account_updated(server: Server, event: AccountUpdated) -> None:
    server.of(AccountMemory).accounts.forget(event.account_id)


async def on_account_standing_changed(server: Server, event: StandingChanged) -> None:
    memory = server.of(AccountMemory)
    memory.accounts.forget(event.account_id)
    memory.forget_standings()
    memory.forget_viewers_as(event.account_id)


async def on_membership_changed(server: Server, event: MembershipChanged) -> None:
    server.of(AccountMemory).forget_viewers_of(event.user_id)


async def on_standing_changed(server: Server, event: UserConfirmed | SignUpAccepted | SecondFactorChanged) -> None:
    server.of(AccountMemory).forget_viewers_of(event.user_id)


async def on_access_revoked(server: Server, event: AccessRevoked) -> None:
    server.of(AccountMemory).forget_viewers_of(event.user_id)
    for token_id in event.token_ids:
        server.live.close(f"token:{token_id}")
    for session_id in event.session_ids:
        server.live.close(f"session:{session_id}")
    if not event.token_ids and not event.session_ids:
        server.live.close(f"login:{event.user_id}")


async def on_membership_ended(server: Server, tx: Transaction, event: MembershipChanged) -> None:
    """Nobody acts by an old token when they become a member again later."""
    await end_lost_access(tx, event.user_id, event.organization_id)


CONSUMER = Consumer("access", {MembershipChanged: [on_membership_ended]})
LISTENERS = {
    AccountUpdated: [on_account_updated],
    StandingChanged: [on_account_standing_changed],
    MembershipChanged: [on_membership_changed],
    UserConfirmed: [on_standing_changed],
    SignUpAccepted: [on_standing_changed],
    SecondFactorChanged: [on_standing_changed],
    AccessRevoked: [on_access_revoked],
}

"""Forgets what is kept in memory about two accounts when something between them changes."""

from mesange.core.accounts.memory import AccountMemory
from mesange.core.follows.memory import FollowMemory
from mesange.events.follows import (
    AccountBlocked,
    AccountFollowed,
    AccountMuted,
    AccountUnblocked,
    AccountUnfollowed,
    AccountUnmuted,
    DomainHidden,
    DomainShown,
    FollowChanged,
)
from mesange.kit.server import Server


async def on_follow_changed(server: Server, event: AccountFollowed | AccountUnfollowed | FollowChanged) -> None:
    memory = server.of(FollowMemory)
    memory.relations.forget(event.account_id)
    memory.followers.forget(event.target_id)
    memory.notified.forget(event.target_id)
    stats = server.of(AccountMemory).stats
    stats.forget(event.account_id)
    stats.forget(event.target_id)


async def on_distance_changed(
    server: Server, event: AccountBlocked | AccountUnblocked | AccountMuted | AccountUnmuted
) -> None:
    memory = server.of(FollowMemory)
    memory.relations.forget(event.account_id)
    memory.relations.forget(event.target_id)


async def on_domain_changed(server: Server, event: DomainHidden | DomainShown) -> None:
    server.of(FollowMemory).relations.forget(event.account_id)


LISTENERS = {
    DomainHidden: [on_domain_changed],
    DomainShown: [on_domain_changed],
    AccountFollowed: [on_follow_changed],
    AccountUnfollowed: [on_follow_changed],
    FollowChanged: [on_follow_changed],
    AccountBlocked: [on_distance_changed],
    AccountUnblocked: [on_distance_changed],
    AccountMuted: [on_distance_changed],
    AccountUnmuted: [on_distance_changed],
}

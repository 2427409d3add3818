"""Writes home timelines on post, for who was here lately; follows and imports have them made again."""

from mesange.core.follows.queries import followers_of, relations_of
from mesange.core.timelines.memory import HomeTimelines
from mesange.core.timelines.model import Entry, belongs_home
from mesange.events.follows import AccountBlocked, AccountFollowed, AccountUnfollowed, FollowChanged
from mesange.events.statuses import StatusDeleted, StatusesImported, StatusPublished, StatusReblogged
from mesange.kit.server import Server


async def on_status_published(server: Server, event: StatusPublished) -> None:
    if event.visibility != "direct":
        await _fan_out(
            server,
            Entry(event.status_id, event.account_id, in_reply_to_account_id=event.in_reply_to_account_id or 0),
        )


async def on_status_reblogged(server: Server, event: StatusReblogged) -> None:
    await _fan_out(server, Entry(event.status_id, event.account_id, event.reblog_of_id, event.author_id))


async def _fan_out(server: Server, entry: Entry) -> None:
    homes = server.of(HomeTimelines).homes
    plain = not entry.reblog_of_id and entry.in_reply_to_account_id in (0, entry.account_id)
    own = homes.get(entry.account_id)
    if own is not None:
        own.add(entry)
    for follower, _ in await followers_of(server, entry.account_id):
        home = homes.get(follower)
        if home is not None and (plain or belongs_home(follower, entry, await relations_of(server, follower))):
            home.add(entry)


async def on_status_deleted(server: Server, event: StatusDeleted) -> None:
    homes = server.of(HomeTimelines).homes
    readers = [event.account_id, *(follower for follower, _ in await followers_of(server, event.account_id))]
    for reader in readers:
        if reader in homes:
            homes[reader].remove(event.status_id)


async def on_follow_changed(
    server: Server, event: AccountFollowed | AccountUnfollowed | FollowChanged | AccountBlocked
) -> None:
    homes = server.of(HomeTimelines).homes
    homes.forget(event.account_id)


async def on_statuses_imported(server: Server, event: StatusesImported) -> None:
    homes = server.of(HomeTimelines).homes
    homes.forget(event.account_id)
    for follower, _ in await followers_of(server, event.account_id):
        homes.forget(follower)


LISTENERS = {
    StatusPublished: [on_status_published],
    StatusReblogged: [on_status_reblogged],
    StatusDeleted: [on_status_deleted],
    StatusesImported: [on_statuses_imported],
    AccountFollowed: [on_follow_changed],
    AccountUnfollowed: [on_follow_changed],
    FollowChanged: [on_follow_changed],
    AccountBlocked: [on_follow_changed],
}

"""Writes home timelines on post, for who was here lately; other choices of what one reads have them made again."""

from collections.abc import Sequence

from mesange.core.follows.queries import followers_of
from mesange.core.lists.queries import followers_of_hashtags
from mesange.core.statuses.queries import find_status
from mesange.core.timelines.memory import HomeTimelines
from mesange.core.timelines.model import Entry, belongs_home
from mesange.core.timelines.queries import rules_of
from mesange.events.accounts import StandingChanged
from mesange.events.follows import AccountBlocked, AccountFollowed, AccountUnfollowed, FollowChanged
from mesange.events.lists import HashtagFollowed, HashtagUnfollowed, ListChanged, ListDeleted
from mesange.events.statuses import StatusDeleted, StatusEdited, StatusesImported, StatusPublished, StatusReblogged
from mesange.kit.server import Server


async def on_status_published(server: Server, event: StatusPublished) -> None:
    if event.visibility == "direct":
        return
    entry = Entry(event.status_id, event.account_id, in_reply_to_account_id=event.in_reply_to_account_id or 0)
    await _fan_out(server, entry)
    if event.hashtags:
        await _fan_out_by_hashtags(server, entry, event.hashtags)


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
        if home is None:
            continue
        if home.is_choosy:
            if await _is_chosen(server, follower, entry):
                home.add(entry)
        elif plain or belongs_home(follower, entry, (await rules_of(server, follower)).relations):
            home.add(entry)


async def _is_chosen(server: Server, follower: int, entry: Entry) -> bool:
    shown = await find_status(server, entry.reblog_of_id or entry.id)
    return (await rules_of(server, follower)).takes(entry, shown.language if shown else "")


async def _fan_out_by_hashtags(server: Server, entry: Entry, names: Sequence[str]) -> None:
    homes = server.of(HomeTimelines).homes
    for follower in await followers_of_hashtags(server, names):
        home = homes.get(follower)
        if home is not None:
            rules = await rules_of(server, follower)
            if not rules.hashtags.isdisjoint(names) and rules.takes_by_hashtag(entry):
                home.add(entry)


async def on_status_edited(server: Server, event: StatusEdited) -> None:
    """Where another hashtag or language counts, the home is made again."""
    homes = server.of(HomeTimelines).homes
    for follower in await followers_of_hashtags(server, event.changed_hashtags):
        homes.forget(follower)
    if event.is_in_another_language:  # Boosts of it count too, so the homes of its author's followers are not enough.
        for reader in [reader for reader, home in homes.items() if home.is_choosy]:
            homes.forget(reader)


async def on_status_deleted(server: Server, event: StatusDeleted) -> None:
    homes = server.of(HomeTimelines).homes
    readers = {event.account_id, *(follower for follower, _ in await followers_of(server, event.account_id))}
    if event.visibility == "public" and event.hashtags:
        readers.update(await followers_of_hashtags(server, event.hashtags))
    for reader in readers:
        if reader in homes:
            homes[reader].remove(event.status_id)


async def on_choice_changed(
    server: Server,
    event: AccountFollowed
    | AccountUnfollowed
    | FollowChanged
    | AccountBlocked
    | HashtagFollowed
    | HashtagUnfollowed
    | ListChanged
    | ListDeleted,
) -> None:
    server.of(HomeTimelines).homes.forget(event.account_id)


async def on_statuses_imported(server: Server, event: StatusesImported) -> None:
    homes = server.of(HomeTimelines).homes
    homes.forget(event.account_id)
    for follower, _ in await followers_of(server, event.account_id):
        homes.forget(follower)


async def on_standing_changed(server: Server, event: StandingChanged) -> None:
    """Rare, and it may concern any home, by boosts: made anew at the next look, in milliseconds each."""
    server.of(HomeTimelines).homes.forget_all()


LISTENERS = {
    StandingChanged: [on_standing_changed],
    StatusPublished: [on_status_published],
    StatusReblogged: [on_status_reblogged],
    StatusEdited: [on_status_edited],
    StatusDeleted: [on_status_deleted],
    StatusesImported: [on_statuses_imported],
    AccountFollowed: [on_choice_changed],
    AccountUnfollowed: [on_choice_changed],
    FollowChanged: [on_choice_changed],
    AccountBlocked: [on_choice_changed],
    HashtagFollowed: [on_choice_changed],
    HashtagUnfollowed: [on_choice_changed],
    ListChanged: [on_choice_changed],
    ListDeleted: [on_choice_changed],
}

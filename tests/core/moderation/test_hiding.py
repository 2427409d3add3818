"""I3, I5 of the known attacks: after a suspension not one post is left on any way of reading; a lift restores all."""

import random
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.follows.actions import FollowOptions, follow_account, unfollow_account
from mesange.core.moderation.actions.decisions import lift_decision
from mesange.core.moderation.model import Measure
from mesange.core.notifications.queries import NotificationFilter, list_notifications
from mesange.core.statuses.actions.marks import bookmark_status, favourite_status, reblog_status
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import (
    AccountFilter,
    get_thread,
    list_account_statuses,
    list_marked,
    load_statuses,
    only_visible,
)
from mesange.core.timelines.memory import HomeTimelines
from mesange.core.timelines.queries import (
    HashtagFilter,
    Origin,
    is_in_public,
    list_hashtag,
    list_home,
    list_home_readers,
    list_public,
)
from mesange.kit.errors import MesangeError
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.moderation.conftest import Decide
from tests.core.people import new_viewer, post

NAMES = ("zoe", "yan", "xia", "wim")
VISIBILITIES = ("public", "public", "unlisted", "private", "direct")
ALL = Page(limit=200)
Consume = Callable[[], Awaitable[None]]


async def live_a_while(server: Server, people: list[Viewer], chance: random.Random, acts: int) -> list[Status]:
    """Random follows, posts, answers, boosts, marks among these people; every post they made."""
    written: list[Status] = []
    for _ in range(acts):
        who, other = chance.sample(people, 2)
        deed = chance.choice(("post", "post", "answer", "boost", "mark", "follow"))
        known = chance.choice(written).id if written else 0
        with suppress(MesangeError):
            if deed == "follow":
                await follow_account(server, who, other.account_id, FollowOptions(notifies=chance.random() < 0.5))
            elif deed == "boost":
                written.append(await reblog_status(server, who, known))
            elif deed == "mark":
                await favourite_status(server, who, known)
                await bookmark_status(server, who, known)
            else:
                name = chance.choice(NAMES)
                to = known if deed == "answer" and known else None
                written.append(await post(server, who, f"@{name} #tag word", chance.choice(VISIBILITIES), to))
    return written


async def readings(server: Server, viewer: Viewer, written: list[Status]) -> dict[str, list[int]]:
    """Ids of every status this viewer comes upon, by the way on which they do."""
    found = {
        "public": await list_public(server, viewer, ALL, Origin()),
        "hashtag": await list_hashtag(server, viewer, ALL, HashtagFilter("tag"), Origin()),
        "by id": [each.id for each in await only_visible(server, viewer, [each.id for each in written])],
    }
    for author in {each.account_id for each in written}:
        ids = await list_account_statuses(server, viewer, author, ALL, AccountFilter())
        found[f"profile {author}"] = [each.id for each in await only_visible(server, viewer, ids)]
    for root in await only_visible(server, viewer, [each.id for each in written if not each.in_reply_to_id]):
        around = await get_thread(server, viewer, root)
        found[f"thread {root.id}"] = [*around.ancestors, *around.descendants]
    if not viewer.is_visitor:
        found["home"] = await list_home(server, viewer, ALL)
        server.of(HomeTimelines).homes.forget_all()
        found["home, made again"] = await list_home(server, viewer, ALL)
        found["home, from the tables"] = await list_home(server, viewer, Page(limit=200, below=written[-1].id + 1))
        for table in ("favourites", "bookmarks"):
            ids = [id for _, id in await list_marked(server.db, table, viewer.account_id, ALL)]
            found[table] = [each.id for each in await only_visible(server, viewer, ids)]
        notes = await list_notifications(server, viewer, ALL, NotificationFilter())
        found["notifications"] = [each.status_id for each in notes if each.status_id]
        found["notified by"] = [each.from_account_id for each in notes]
    return found


async def traces_of(server: Server, account_id: int, found: dict[str, list[int]]) -> list[str]:
    """Ways on which something of the account, or boosted from it, is met."""
    statuses = await load_statuses(server, sorted({id for ids in found.values() for id in ids}))
    originals = await load_statuses(server, [each.reblog_of_id for each in statuses.values() if each.reblog_of_id])

    def is_of(id: int) -> bool:
        status = statuses.get(id)
        if status is None:
            return id == account_id
        original = originals.get(status.reblog_of_id or 0)
        return status.account_id == account_id or (original is not None and original.account_id == account_id)

    return [way for way, ids in found.items() if any(map(is_of, ids))]


@pytest.mark.parametrize("seed", range(6))
async def test_i3_a_suspension_leaves_nothing_and_a_lift_brings_everything_back(
    server: Server, mod: Viewer, take: Decide, consume: Consume, seed: int
) -> None:
    chance = random.Random(seed)
    people = [await new_viewer(server, name) for name in NAMES]
    written = await live_a_while(server, people, chance, 70)
    await consume()
    gone, *others = chance.sample(people, len(people))
    before = [await readings(server, viewer, written) for viewer in (*others, VISITOR)]
    assert await traces_of(server, gone.account_id, before[0])
    strike = await take(gone, Measure.SUSPEND)
    for viewer in (*others, VISITOR):
        assert not await traces_of(server, gone.account_id, await readings(server, viewer, written))
    for status in written:
        if status.account_id == gone.account_id:
            assert not await is_in_public(server, status)
            assert not await list_home_readers(server, status, lambda _: True)
    await lift_decision(server, mod, strike.id)
    assert [await readings(server, viewer, written) for viewer in (*others, VISITOR)] == before


async def test_i3_nobody_brings_the_suspended_back(
    server: Server, ada: Viewer, bob: Viewer, take: Decide, consume: Consume
) -> None:
    old = await post(server, bob, "Before")
    await take(bob, Measure.SUSPEND)
    for attempt in (
        reblog_status(server, ada, old.id),
        favourite_status(server, ada, old.id),
        post(server, ada, "An answer", to=old),
        follow_account(server, ada, bob.account_id, FollowOptions()),
        post(server, bob, "Again"),
    ):
        with pytest.raises(MesangeError):
            await attempt
    await post(server, ada, "@bob are you there?")
    await consume()
    assert not await server.db.value("SELECT 1 FROM mentions WHERE account_id = ?", bob.account_id)


async def test_the_limited_are_met_by_their_followers_alone(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, take: Decide, consume: Consume
) -> None:
    await follow_account(server, ada, bob.account_id, FollowOptions())
    await take(bob, Measure.LIMIT)
    status = await post(server, bob, "@ada @eve #quiet")
    await consume()
    assert await list_home(server, ada, ALL) == [status.id]
    for viewer in (ada, eve, VISITOR):
        assert await list_public(server, viewer, ALL, Origin()) == []
        assert await list_hashtag(server, viewer, ALL, HashtagFilter("quiet"), Origin()) == []
        assert await only_visible(server, viewer, [status.id]) == [status]
    assert not await is_in_public(server, status)
    told = [bool(await list_notifications(server, viewer, ALL, NotificationFilter())) for viewer in (ada, eve)]
    assert told == [True, False]
    await unfollow_account(server, ada, bob.account_id)
    assert await list_home(server, ada, ALL) == []

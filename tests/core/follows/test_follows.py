"""Follows, requests, blocks and mutes, alone and in races."""

import asyncio
import contextlib
import random

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import load_account_stats
from mesange.core.follows.actions import (
    FollowOptions,
    accept_follow_request,
    block_account,
    end_mutes,
    follow_account,
    mute_account,
    reject_follow_request,
    remove_follower,
    unblock_account,
    unfollow_account,
    unmute_account,
    write_note,
)
from mesange.core.follows.model import Relationship
from mesange.core.follows.queries import (
    list_blocked,
    list_follow_requests,
    list_followers,
    list_following,
    list_muted,
    list_relationships,
    relations_of,
)
from mesange.kit.clock import FixedClock
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import new_viewer

PLAIN = FollowOptions()


async def follow(server: Server, follower: Viewer, followed: Viewer, options: FollowOptions = PLAIN) -> None:
    await follow_account(server, follower, followed.account_id, options)


async def relationship(server: Server, viewer: Viewer, other: Viewer) -> Relationship:
    return (await list_relationships(server.db, viewer.account_id, [other.account_id], server.clock.now()))[0]


async def counts(server: Server, viewer: Viewer) -> tuple[int, int]:
    """(followers, following) as shown."""
    stats = (await load_account_stats(server, [viewer.account_id]))[viewer.account_id]
    return stats.followers, stats.following


async def test_following_counts_once_and_unfollowing_undoes_it(server: Server, ada: Viewer, bob: Viewer) -> None:
    for _ in range(2):
        await follow(server, ada, bob)
    assert (await counts(server, ada), await counts(server, bob)) == ((0, 1), (1, 0))
    assert [id for _, id in await list_followers(server.db, bob.account_id, Page())] == [ada.account_id]
    assert [id for _, id in await list_following(server.db, ada.account_id, Page())] == [bob.account_id]
    for _ in range(2):
        await unfollow_account(server, ada, bob.account_id)
    assert (await counts(server, ada), await counts(server, bob)) == ((0, 0), (0, 0))


async def test_options_of_a_follow_change_one_by_one(server: Server, ada: Viewer, bob: Viewer) -> None:
    await follow(server, ada, bob, FollowOptions(shows_reblogs=False))
    await follow(server, ada, bob, FollowOptions(notifies=True, languages="fr"))
    follow_of_ada = (await relationship(server, ada, bob)).following
    assert follow_of_ada
    assert (follow_of_ada.shows_reblogs, follow_of_ada.notifies, follow_of_ada.languages) == (False, True, "fr")
    assert (await relations_of(server, ada.account_id)).following == {bob.account_id: False}


async def test_a_locked_account_is_asked_and_accepts(server: Server, ada: Viewer) -> None:
    shy = await new_viewer(server, "shy", is_locked=True)
    for _ in range(2):
        await follow(server, ada, shy, FollowOptions(notifies=True))
    asked = await relationship(server, ada, shy)
    assert (asked.following, asked.requested is not None) == (None, True)
    assert [id for _, id in await list_follow_requests(server.db, shy.account_id, Page())] == [ada.account_id]

    await accept_follow_request(server, shy, ada.account_id)

    accepted = await relationship(server, ada, shy)
    assert accepted.following and accepted.following.notifies and accepted.requested is None
    assert await counts(server, shy) == (1, 0)
    with pytest.raises(NotFound):
        await accept_follow_request(server, shy, ada.account_id)


@pytest.mark.parametrize("by_asker", [False, True])
async def test_a_request_is_refused_or_withdrawn(server: Server, ada: Viewer, by_asker: bool) -> None:
    shy = await new_viewer(server, "shy", is_locked=True)
    await follow(server, ada, shy)
    if by_asker:
        await unfollow_account(server, ada, shy.account_id)
    else:
        await reject_follow_request(server, shy, ada.account_id)
    assert (await relationship(server, ada, shy)).requested is None
    with pytest.raises(NotFound):
        await reject_follow_request(server, shy, ada.account_id)
    assert await counts(server, shy) == (0, 0)


async def test_a_block_ends_follows_and_requests_both_ways(server: Server, ada: Viewer, bob: Viewer) -> None:
    await follow(server, ada, bob)
    await follow(server, bob, ada)
    for _ in range(2):
        await block_account(server, ada, bob.account_id)
    seen = await relationship(server, ada, bob)
    assert (seen.following, seen.followed_by, seen.blocking, seen.blocked_by) == (None, False, True, False)
    assert (await relationship(server, bob, ada)).blocked_by
    assert (await counts(server, ada), await counts(server, bob)) == ((0, 0), (0, 0))
    for follower, followed in ((ada, bob), (bob, ada)):
        with pytest.raises(Forbidden):
            await follow(server, follower, followed)
    assert [id for _, id in await list_blocked(server.db, ada.account_id, Page())] == [bob.account_id]

    await unblock_account(server, ada, bob.account_id)

    await follow(server, bob, ada)
    assert await counts(server, ada) == (1, 0)


async def test_a_block_withdraws_a_request(server: Server, ada: Viewer) -> None:
    shy = await new_viewer(server, "shy", is_locked=True)
    await follow(server, ada, shy)
    await block_account(server, shy, ada.account_id)
    assert await list_follow_requests(server.db, shy.account_id, Page()) == []


async def test_a_mute_ends_by_the_clock(server: Server, clock: FixedClock, ada: Viewer, bob: Viewer) -> None:
    await mute_account(server, ada, bob.account_id, duration=60)
    assert (await relationship(server, ada, bob)).mute
    assert bob.account_id in (await relations_of(server, ada.account_id)).hidden
    clock.move(59_999)
    await end_mutes(server)
    assert bob.account_id in (await relations_of(server, ada.account_id)).hidden
    clock.move(1)
    assert (await relationship(server, ada, bob)).mute is None
    await end_mutes(server)
    assert (await relations_of(server, ada.account_id)).hidden == frozenset()
    assert await list_muted(server.db, ada.account_id, Page()) == []


async def test_a_mute_of_one_hour_becomes_one_for_ever(
    server: Server, clock: FixedClock, ada: Viewer, bob: Viewer
) -> None:
    await mute_account(server, ada, bob.account_id, duration=3600)
    await mute_account(server, ada, bob.account_id, hides_notifications=False)
    clock.move(10**12)
    mute = (await relationship(server, ada, bob)).mute
    assert mute and (mute.expires_at, mute.hides_notifications) == (None, False)
    await unmute_account(server, ada, bob.account_id)
    assert (await relationship(server, ada, bob)).mute is None


async def test_a_note_is_seen_by_its_writer_alone(server: Server, ada: Viewer, bob: Viewer) -> None:
    await write_note(server, ada, bob.account_id, "met in Brest")
    assert (await relationship(server, ada, bob)).note == "met in Brest"
    assert (await relationship(server, bob, ada)).note == ""
    await write_note(server, ada, bob.account_id, "")
    assert (await relationship(server, ada, bob)).note == ""
    with pytest.raises(Invalid):
        await write_note(server, ada, bob.account_id, "x" * 2001)


@pytest.mark.parametrize("act", [follow_account, block_account, mute_account])
async def test_nobody_follows_blocks_or_mutes_oneself_or_nobody(server: Server, ada: Viewer, act) -> None:
    more = [PLAIN] if act is follow_account else []
    with pytest.raises(Forbidden):
        await act(server, ada, ada.account_id, *more)
    with pytest.raises(NotFound):
        await act(server, ada, 12345, *more)
    with pytest.raises(Forbidden):
        await act(server, Viewer(), ada.account_id, *more)


async def test_a_follower_is_removed(server: Server, ada: Viewer, bob: Viewer) -> None:
    await follow(server, ada, bob)
    await remove_follower(server, bob, ada.account_id)
    assert (await relationship(server, ada, bob)).following is None
    assert (await counts(server, bob), await counts(server, ada)) == ((0, 0), (0, 0))


async def test_twenty_clients_that_follow_at_once_make_one_follow(server: Server, ada: Viewer, bob: Viewer) -> None:
    await asyncio.gather(*(follow(server, ada, bob) for _ in range(20)))
    assert await counts(server, bob) == (1, 0)
    await asyncio.gather(*(mute_account(server, ada, bob.account_id) for _ in range(20)))
    assert len(await list_muted(server.db, ada.account_id, Page())) == 1
    await asyncio.gather(*(unfollow_account(server, ada, bob.account_id) for _ in range(20)))
    assert await counts(server, bob) == (0, 0)


async def test_after_a_thousand_actions_at_once_counters_equal_the_rows(server: Server) -> None:
    dice = random.Random(1)
    people = [await new_viewer(server, f"p{number}", is_locked=number == 0) for number in range(6)]
    done: list[object] = []

    async def act() -> None:
        one, other = dice.sample(people, 2)
        action = dice.choice(
            # Mostly following and making peace: in the end some follow, in whatever order all this happens.
            [*[follow_account] * 4, *[unblock_account] * 4, unfollow_account, block_account, remove_follower]
        )
        more = [PLAIN] if action is follow_account else []
        with contextlib.suppress(Forbidden):  # A block may stand between them.
            await action(server, one, other.account_id, *more)
            done.append(action)

    results = await asyncio.gather(*(act() for _ in range(1000)), return_exceptions=True)

    assert [result for result in results if isinstance(result, BaseException)] == []
    await server.eventlog.catch_up()  # As a running server does each second: a writer waits two at most to be heard.
    for person in people:
        id = person.account_id
        followers = await server.db.value("SELECT count(*) FROM follows WHERE target_id = ?", id)
        following = await server.db.value("SELECT count(*) FROM follows WHERE account_id = ?", id)
        assert await counts(server, person) == (followers, following)
    assert done.count(follow_account) > 20, "blocks stood everywhere"
    across = await server.db.value(
        "SELECT count(*) FROM follows f JOIN blocks b ON (b.account_id = f.account_id AND b.target_id = f.target_id) "
        "OR (b.account_id = f.target_id AND b.target_id = f.account_id)"
    )
    assert across == 0, "no follow across a block"

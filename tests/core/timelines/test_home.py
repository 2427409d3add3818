"""The home timeline equals a naive account of it, from memory, after a rebuild and from the tables."""

import asyncio
import random

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.follows.actions import FollowOptions, follow_account, mute_account
from mesange.core.statuses.actions.delete import unreblog_status
from mesange.core.statuses.actions.importing import OldPost, checked_post, import_posts
from mesange.core.statuses.actions.marks import reblog_status
from mesange.core.timelines.memory import HomeTimelines
from mesange.core.timelines.model import MOST_HOME, REPEATS_APART
from mesange.core.timelines.queries import KEPT_PER_AUTHOR, list_home, list_home_readers
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import new_viewer, post
from tests.core.timelines.world import World, page_of


def pages_to_try(dice: random.Random, ids: list[int]) -> list[Page]:
    """The first page and some of each kind, with cursors that stand in the list or beside it."""
    some = [dice.choice(ids) + dice.choice([-1, 0, 0, 1]) for _ in range(3)] if ids else [1, 2, 3]
    limit = dice.choice([1, 3, 7, 40])
    return [
        Page(limit),
        Page(limit, below=some[0]),
        Page(limit, above=some[1]),
        Page(limit, above=some[2], forwards=True),
        Page(limit, below=max(some), above=min(some)),
        Page(limit, below=max(some), above=min(some), forwards=True),
        Page(limit, above=0, forwards=True),
    ]


async def assert_homes_are_right(world: World) -> None:
    for person in world.people:
        expected = world.home(person.account_id)
        assert await list_home(world.server, person, Page(800)) == expected
        for page in pages_to_try(world.dice, expected):
            assert await list_home(world.server, person, page) == page_of(expected, page), page


@pytest.mark.parametrize("seed", range(4))
async def test_home_is_right_whatever_people_do(server: Server, seed: int) -> None:
    people = [await new_viewer(server, f"p{number}") for number in range(5)]
    world = World(server, people, random.Random(seed))
    for _ in range(8):
        for _ in range(25):
            await world.act()
        await assert_homes_are_right(world)
        if world.dice.random() < 0.5:
            server.of(HomeTimelines).homes.clear()
            await assert_homes_are_right(world)


@pytest.mark.parametrize("seed", range(4))
async def test_home_is_right_where_memory_ends_soon(server: Server, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What repeats is known by few entries below it; memory holds few, the rest comes from the tables."""
    monkeypatch.setattr("mesange.core.timelines.model.home.REPEATS_APART", 5)
    monkeypatch.setattr("mesange.core.timelines.queries.home.REPEATS_APART", 5)
    monkeypatch.setattr("mesange.core.timelines.queries.home.KEPT_PER_AUTHOR", 3)
    monkeypatch.setattr("mesange.core.timelines.queries.home.LEAST_HOME", 7)
    people = [await new_viewer(server, f"p{number}") for number in range(4)]
    world = World(server, people, random.Random(seed), repeats_apart=5)
    for one in people:
        for other in people:
            if one != other:
                await world.follow(one, other)
    for _ in range(6):
        for _ in range(20):
            await world.act()
            await world.act("boost")
        server.of(HomeTimelines).homes.clear()
        await assert_homes_are_right(world)
        await assert_homes_are_right(world)
        for person in people:
            expected = world.home(person.account_id)
            assert await walked(server, person, 2) == await walked_up(server, person, 3) == expected


async def test_a_post_is_at_home_when_its_author_is_answered(server: Server, ada: Viewer, bob: Viewer) -> None:
    await follow_account(server, bob, ada.account_id, FollowOptions())
    for reader in (ada, bob):
        await list_home(server, reader, Page())

    async def publish_and_look(number: int) -> None:
        status = await post(server, ada, f"post {number}")
        for reader in (ada, bob):
            assert status.id in await list_home(server, reader, Page(40))

    await asyncio.gather(*(publish_and_look(number) for number in range(20)))
    assert len(await list_home(server, bob, Page(40))) == 20


async def test_reading_while_others_write_never_leaves_a_hole(server: Server, ada: Viewer, bob: Viewer) -> None:
    """A home made from the tables while a post comes in must not miss it afterwards."""
    await follow_account(server, bob, ada.account_id, FollowOptions())
    homes = server.of(HomeTimelines).homes

    async def write() -> None:
        for _ in range(30):
            await post(server, ada, "a post")

    async def read() -> None:
        for _ in range(60):
            homes.pop(bob.account_id, None)
            await list_home(server, bob, Page())
            await asyncio.sleep(0)

    await asyncio.gather(write(), write(), read(), read())

    written = [id for (id,) in await server.db.rows("SELECT id FROM statuses ORDER BY id DESC")]
    assert await list_home(server, bob, Page(100)) == written


async def import_many(server: Server, author: Viewer, number: int, every: int, start: int) -> None:
    old = [OldPost(author.account_id, f"old {at}", start + at * every) for at in range(number)]
    await import_posts(server, [(each, checked_post(server, each)) for each in old])


async def walked(server: Server, viewer: Viewer, limit: int) -> list[int]:
    """The whole home by `max_id`, page after page, as a client does."""
    ids: list[int] = []
    page = Page(limit)
    while found := await list_home(server, viewer, page):
        ids += found
        page = Page(limit, below=found[-1])
    return ids


async def walked_up(server: Server, viewer: Viewer, limit: int) -> list[int]:
    ids: list[int] = []
    while found := await list_home(server, viewer, Page(limit, above=ids[0] if ids else 0, forwards=True)):
        ids = found + ids
    return ids


async def test_paging_goes_below_memory_without_a_gap(server: Server, ada: Viewer, bob: Viewer, eve: Viewer) -> None:
    """One writes much and lately, the other seldom and for long."""
    for author in (ada, bob):
        await follow_account(server, eve, author.account_id, FollowOptions())
    start = server.clock.now() - 10**9
    await import_many(server, ada, KEPT_PER_AUTHOR * 2 + 30, 1_000, start + 5 * 10**8)
    await import_many(server, bob, 60, 15 * 10**6, start)
    everything = [id for (id,) in await server.db.rows("SELECT id FROM statuses ORDER BY id DESC")]

    assert await walked(server, eve, 20) == everything
    assert await walked_up(server, eve, 20) == everything


async def test_a_chatty_followee_hides_nobody_s_older_posts(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer
) -> None:
    """Many answers to strangers do not stand at home; what is older must come all the same, in order."""
    await follow_account(server, eve, ada.account_id, FollowOptions())
    await follow_account(server, eve, bob.account_id, FollowOptions())
    stranger = await new_viewer(server, "stranger")
    question = await post(server, stranger, "a question")
    world = World(server, [ada, bob, eve, stranger], random.Random(3))
    world.following = {(eve.account_id, ada.account_id): True, (eve.account_id, bob.account_id): True}
    for number in range(130):
        to = None if number % 50 == 0 else question
        status = await post(server, ada, "chat", to=to)
        world.statuses[status.id] = status
        if number % 40 == 0:
            seldom = await post(server, bob, "seldom")
            world.statuses[seldom.id] = seldom
    expected = world.home(eve.account_id)
    assert len(expected) == 7

    for limit in (1, 2, 5):
        assert await walked(server, eve, limit) == expected
        assert await walked_up(server, eve, limit) == expected
    await mute_account(server, eve, bob.account_id)
    world.mutes.add((eve.account_id, bob.account_id))
    assert await walked(server, eve, 2) == world.home(eve.account_id)


async def test_a_home_in_memory_keeps_its_bound_and_stays_right(server: Server, ada: Viewer) -> None:
    await list_home(server, ada, Page())
    home = server.of(HomeTimelines).homes[ada.account_id]
    posts = await asyncio.gather(*(post(server, ada, "x") for _ in range(MOST_HOME + MOST_HOME // 4 + 5)))
    ids = sorted((status.id for status in posts), reverse=True)
    assert len(home.entries) <= MOST_HOME + MOST_HOME // 4
    assert home.floor > 0
    assert await walked(server, ada, 40) == ids


async def test_one_s_own_answers_and_boosts_are_at_home(server: Server, ada: Viewer, bob: Viewer) -> None:
    question = await post(server, bob, "a question")
    answer = await post(server, ada, "an answer", to=question)
    boost = await reblog_status(server, ada, question.id)
    for _ in range(2):
        assert await list_home(server, ada, Page()) == [boost.id, answer.id]
        server.of(HomeTimelines).homes.clear()


async def test_a_post_boosted_by_several_people_stands_once(server: Server, ada: Viewer, bob: Viewer) -> None:
    """Also beside the post itself; for who mutes the first of them, the second one counts."""
    friends = [await new_viewer(server, f"friend{number}") for number in range(3)]
    for friend in (bob, *friends):
        await follow_account(server, ada, friend.account_id, FollowOptions())
    said = await post(server, bob, "by somebody followed")
    stranger = await new_viewer(server, "stranger")
    strange = await post(server, stranger, "by a stranger")
    boosts = [
        await reblog_status(server, friend, of.id) for friend in friends for of in (said, strange)
    ]  # fmt: skip
    for _ in range(2):
        assert await list_home(server, ada, Page()) == [boosts[1].id, said.id]
        server.of(HomeTimelines).homes.clear()
    await mute_account(server, ada, friends[0].account_id)
    assert await list_home(server, ada, Page()) == [boosts[3].id, said.id]
    await unreblog_status(server, friends[1], strange.id)
    assert await list_home(server, ada, Page()) == [boosts[5].id, said.id]


async def test_a_boost_much_later_stands_again(server: Server, ada: Viewer, bob: Viewer) -> None:
    said = await post(server, bob, "worth reading twice")
    await follow_account(server, ada, bob.account_id, FollowOptions())
    for _ in range(REPEATS_APART):
        await post(server, ada, "between")
    boost = await reblog_status(server, bob, said.id)
    again = await reblog_status(server, ada, said.id)
    for _ in range(2):
        assert (await list_home(server, ada, Page()))[0] == boost.id
        assert again.id not in await list_home(server, ada, Page(200))
        server.of(HomeTimelines).homes.clear()


async def test_streams_tell_of_a_post_once(server: Server, ada: Viewer, bob: Viewer, eve: Viewer) -> None:
    for friend in (bob, eve):
        await follow_account(server, ada, friend.account_id, FollowOptions())
    said = await post(server, await new_viewer(server, "stranger"), "by a stranger")
    for friend, told in ((bob, True), (eve, False)):
        boost = await reblog_status(server, friend, said.id)
        readers = await list_home_readers(server, boost, lambda _: True)
        assert (ada.account_id in readers, friend.account_id in readers) == (told, True)

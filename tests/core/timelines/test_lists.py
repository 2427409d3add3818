"""What stands on a list: the owner's view, everyone's view, streams and pages alike."""

import random

import pytest

from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.follows.actions import FollowOptions, block_account, follow_account, mute_account
from mesange.core.lists.actions import ListChoice, add_hashtags, add_members, change_list, create_list
from mesange.core.lists.model import AccountList
from mesange.core.statuses.actions.marks import reblog_status
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import find_status, hashtags_of
from mesange.core.timelines.queries import list_account_list
from mesange.core.timelines.queries.lists import list_showing
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import new_viewer, post
from tests.core.timelines.test_home import pages_to_try
from tests.core.timelines.world import World, page_of


@pytest.fixture
async def club(server: Server, ada: Viewer, bob: Viewer) -> AccountList:
    """Ada's public list with Bob, whom she follows, and with #tea."""
    await follow_account(server, ada, bob.account_id, FollowOptions())
    made = await create_list(server, ada, ListChoice("Club", is_public=True))
    await add_members(server, ada, made.id, [bob.account_id])
    await add_hashtags(server, ada, made.id, ["tea"])
    return made


async def read(server: Server, viewer: Viewer, account_list: AccountList) -> list[int]:
    return await list_account_list(server, viewer, account_list, Page(40))


async def test_members_and_hashtags_are_read_together_each_post_once(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, club: AccountList
) -> None:
    by_bob, tagged = await post(server, bob, "a cup of #tea"), await post(server, eve, "#TEA for all")
    await post(server, eve, "no hashtag")
    await post(server, eve, "#tea for few", "unlisted")
    assert await read(server, ada, club) == await read(server, VISITOR, club) == [tagged.id, by_bob.id]


async def test_others_find_public_posts_alone(server: Server, ada: Viewer, bob: Viewer, club: AccountList) -> None:
    posts = {name: (await post(server, bob, name, name)).id for name in ("public", "unlisted", "private", "direct")}
    assert await read(server, VISITOR, club) == [posts["public"]]
    assert await read(server, ada, club) == [posts["private"], posts["unlisted"], posts["public"]]


async def test_f4_a_public_list_shows_its_owner_nothing_that_they_may_not_see(
    server: Server, ada: Viewer, eve: Viewer, club: AccountList
) -> None:
    """Standing on somebody's list gives them no right to posts for followers."""
    await add_members(server, ada, club.id, [eve.account_id])
    await post(server, eve, "for my followers", "private")
    seen = await post(server, eve, "for all")
    assert await read(server, ada, club) == [seen.id]


async def test_who_is_hidden_is_left_out(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, club: AccountList
) -> None:
    await post(server, bob, "by bob")
    by_eve = await post(server, eve, "#tea")
    await mute_account(server, ada, bob.account_id)
    assert await read(server, ada, club) == [by_eve.id]
    await block_account(server, eve, ada.account_id)
    assert await read(server, ada, club) == []


async def test_answers_follow_the_policy(server: Server, ada: Viewer, bob: Viewer, eve: Viewer) -> None:
    cy, dan = await new_viewer(server, "cy"), await new_viewer(server, "dan")
    club = await create_list(server, ada, ListChoice("Answers"))
    for followed in (bob, eve, cy):
        await follow_account(server, ada, followed.account_id, FollowOptions())
    await add_members(server, ada, club.id, [bob.account_id, cy.account_id])
    answers = {}
    for name, viewer in {"owner": ada, "member": cy, "followed": eve, "stranger": dan, "self": bob}.items():
        answers[name] = (await post(server, bob, "answer", to=await post(server, viewer, "question"))).id
    for policy, names in {
        "none": {"owner", "self"},
        "list": {"owner", "self", "member"},
        "followed": {"owner", "self", "member", "followed"},
    }.items():
        changed = await change_list(server, ada, club.id, ListChoice(replies_policy=policy))
        assert set(await read(server, ada, changed)) & set(answers.values()) == {answers[name] for name in names}


async def test_a_list_reads_the_languages_and_boosts_that_the_follow_wants(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, club: AccountList
) -> None:
    boosted = await post(server, eve, "to be boosted")
    boost = await reblog_status(server, bob, boosted.id)
    assert await read(server, ada, club) == [boost.id]
    await follow_account(server, ada, bob.account_id, FollowOptions(shows_reblogs=False))
    assert await read(server, ada, club) == []
    assert await read(server, VISITOR, club) == [boost.id]


def naive(world: World, owner: Viewer, viewer: Viewer, account_list: AccountList, members: set[int]) -> list[int]:
    """Newest first, all of it, by going through everything that was ever posted."""
    is_own = owner == viewer

    def by_member(status: Status) -> bool:
        author, pair = status.account_id, (viewer.account_id, status.account_id)
        near = {"private"} if author == viewer.account_id or pair in world.following else set[str]()
        visible = {"public"} | ({"unlisted"} | near if is_own else set[str]())
        original = world.statuses.get(status.reblog_of_id or 0)
        languages = world.languages.get(pair, "") if pair in world.following else ""
        if author not in members or status.visibility not in visible:
            return False
        if languages and (original or status).language not in ("", *languages.split()):
            return False
        if original:
            return world.following.get(pair, True) and original.account_id != viewer.account_id
        return status.in_reply_to_account_id in (None, author, owner.account_id, *members)

    def stands(status: Status) -> bool:
        original = world.statuses.get(status.reblog_of_id or 0)
        others = {status.account_id, original.account_id if original else 0, status.in_reply_to_account_id or 0}
        if status.account_id != viewer.account_id and any(
            world._is_hidden(viewer.account_id, other) for other in others
        ):
            return False
        tagged = status.visibility == "public" and not original and "tea" in hashtags_of(status)
        return tagged or by_member(status)

    return sorted((id for id, status in world.statuses.items() if stands(status)), reverse=True)


@pytest.mark.parametrize("seed", range(4))
async def test_a_list_is_right_whatever_people_do(server: Server, seed: int) -> None:
    people = [await new_viewer(server, f"p{number}") for number in range(5)]
    world = World(server, people, random.Random(seed))
    owner, *others = people
    members = {other.account_id for other in others[:3]}
    club = await create_list(server, owner, ListChoice("club", is_public=True))
    await add_members(server, owner, club.id, list(members))
    await add_hashtags(server, owner, club.id, ["tea"])
    for _ in range(6):
        for _ in range(25):
            await world.act()
        for viewer in people:
            expected = naive(world, owner, viewer, club, members)
            assert await list_account_list(server, viewer, club, Page(800)) == expected
            for page in pages_to_try(world.dice, expected):
                assert await list_account_list(server, viewer, club, page) == page_of(expected, page), page
        await assert_streams_agree(world, owner, club, members)


async def assert_streams_agree(world: World, owner: Viewer, club: AccountList, members: set[int]) -> None:
    """What is pushed is what is read."""
    expected = set(naive(world, owner, owner, club, members))
    for id, status in world.statuses.items():
        showing = await list_showing(world.server, await find_status(world.server, id) or status, [club.id])
        assert (club.id in showing) == (id in expected)
        if showing:
            assert showing[club.id] == (status.visibility == "public")


async def test_a_chatty_member_hides_nobody_s_older_posts(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer
) -> None:
    club = await create_list(server, ada, ListChoice("Club", is_public=True, replies_policy="none"))
    await add_members(server, ada, club.id, [bob.account_id, eve.account_id])
    seldom = []
    for number in range(3):
        seldom.append((await post(server, eve, f"seldom {number}")).id)
        question = await post(server, ada, "question")
        for _ in range(15):
            strangers = await post(server, eve, "another question", to=question)
            await post(server, bob, "chat", to=strangers)
    expected = await list_account_list(server, ada, club, Page(400))
    assert set(seldom) < set(expected)
    walked: list[int] = []
    page = Page(2)
    while found := await list_account_list(server, ada, club, page):
        walked += found
        page = Page(2, below=found[-1])
    assert walked == expected

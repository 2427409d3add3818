"""Lists: who may hold what, whose they are, and how they end."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import pytest

from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.follows.actions import FollowOptions, block_account, follow_account, unfollow_account
from mesange.core.lists.actions import (
    ListChoice,
    add_hashtags,
    add_members,
    change_list,
    create_list,
    delete_list,
    follow_list,
    remove_hashtags,
    remove_members,
    unfollow_list,
)
from mesange.core.lists.actions.contents import NotFollowed
from mesange.core.lists.model import MOST_HASHTAGS, AccountList, RepliesPolicy
from mesange.core.lists.queries import (
    contents_of,
    get_own_list,
    list_followed_lists,
    list_list_hashtags,
    list_lists,
    list_lists_with,
    list_members,
    readable_list,
)
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.kit.text.hygiene import MOST_TITLE
from tests.core.people import new_viewer

Consume = Callable[[], Awaitable[None]]
PUBLIC = ListChoice("Seen by all", is_public=True)


async def members(server: Server, account_list: AccountList) -> list[int]:
    return [account_id for _, account_id in await list_members(server.db, account_list.id, Page(100))]


@pytest.fixture
async def friends(server: Server, ada: Viewer, bob: Viewer) -> AccountList:
    """Ada's private list with Bob, whom she follows."""
    await follow_account(server, ada, bob.account_id, FollowOptions())
    made = await create_list(server, ada, ListChoice(" Friends "))
    await add_members(server, ada, made.id, [bob.account_id])
    return made


async def test_a_list_is_made_changed_and_deleted(server: Server, ada: Viewer, friends: AccountList) -> None:
    assert (friends.title, friends.replies_policy, friends.is_public) == ("Friends", RepliesPolicy.LIST, False)
    changed = await change_list(server, ada, friends.id, ListChoice(replies_policy="none", is_exclusive=True))
    assert (changed.title, changed.replies_policy, changed.is_exclusive) == ("Friends", RepliesPolicy.NONE, True)
    assert await list_lists(server.db, ada) == [changed]
    await delete_list(server, ada, friends.id)
    assert await list_lists(server.db, ada) == []
    for table in ("account_lists", "list_members"):
        assert await server.db.value(f"SELECT count(*) FROM {table}") == 0


async def test_a_private_list_holds_people_one_follows_or_asked_to_follow(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, friends: AccountList
) -> None:
    locked = await new_viewer(server, "locked", is_locked=True)
    await follow_account(server, ada, locked.account_id, FollowOptions())
    await add_members(server, ada, friends.id, [locked.account_id, ada.account_id, bob.account_id])
    with pytest.raises(NotFollowed):
        await add_members(server, ada, friends.id, [eve.account_id])
    assert await members(server, friends) == [ada.account_id, locked.account_id, bob.account_id]
    with pytest.raises(NotFound):
        await add_members(server, ada, friends.id, [12])
    public = await create_list(server, ada, PUBLIC)
    await add_members(server, ada, public.id, [eve.account_id])
    assert await list_lists_with(server.db, ada, eve.account_id) == [public]


async def test_all_are_added_or_none(server: Server, ada: Viewer, eve: Viewer, friends: AccountList) -> None:
    with pytest.raises(NotFollowed):
        await add_members(server, ada, friends.id, [ada.account_id, eve.account_id])
    assert len(await members(server, friends)) == 1


async def test_who_is_unfollowed_leaves_private_lists_and_stays_on_public_ones(
    server: Server, ada: Viewer, bob: Viewer, friends: AccountList, consume: Consume
) -> None:
    public = await create_list(server, ada, PUBLIC)
    await add_members(server, ada, public.id, [bob.account_id])
    await contents_of(server, friends.id)
    await unfollow_account(server, ada, bob.account_id)
    await consume()
    assert (await contents_of(server, friends.id)).members == frozenset()
    assert await members(server, public) == [bob.account_id]


async def test_who_is_followed_again_at_once_stays(
    server: Server, ada: Viewer, bob: Viewer, friends: AccountList, consume: Consume
) -> None:
    await unfollow_account(server, ada, bob.account_id)
    await follow_account(server, ada, bob.account_id, FollowOptions())
    await consume()
    assert await members(server, friends) == [bob.account_id]


async def test_a_block_takes_both_off_each_other_s_lists(
    server: Server, ada: Viewer, bob: Viewer, friends: AccountList, consume: Consume
) -> None:
    public = await create_list(server, ada, PUBLIC)
    await add_members(server, ada, public.id, [bob.account_id])
    await follow_list(server, bob, public.id)
    await block_account(server, bob, ada.account_id)
    assert await list_followed_lists(server.db, ada) == []
    await consume()
    assert await members(server, public) == await members(server, friends) == []
    assert await server.db.value("SELECT count(*) FROM list_follows") == 0
    with pytest.raises(Forbidden):
        await add_members(server, ada, public.id, [bob.account_id])
    await block_account(server, ada, bob.account_id)
    with pytest.raises(NotFound):
        await readable_list(server, bob, public.id)


async def test_hashtags_stand_on_a_list_under_one_identity(server: Server, ada: Viewer, friends: AccountList) -> None:
    await add_hashtags(server, ada, friends.id, ["#Été", "ete", "mer"])
    assert [(each.name, each.written) for each in await list_list_hashtags(server.db, friends.id)] == [
        ("ete", "Été"),
        ("mer", "mer"),
    ]
    for wrong in ("two words", "#", "", "12", "a-b", "x" * 300):
        with pytest.raises(Invalid):
            await add_hashtags(server, ada, friends.id, ["good", wrong])
    await remove_hashtags(server, ada, friends.id, ["ÉTÉ"])
    assert (await contents_of(server, friends.id)).hashtags == {"mer"}


async def test_a_public_list_is_read_and_followed_by_anyone(
    server: Server, ada: Viewer, bob: Viewer, friends: AccountList
) -> None:
    public = await create_list(server, ada, PUBLIC)
    assert await readable_list(server, VISITOR, public.id) == public
    for _ in range(2):
        await follow_list(server, bob, public.id)
    assert await list_followed_lists(server.db, bob) == [public]
    with pytest.raises(NotFound):
        await follow_list(server, bob, friends.id)
    with pytest.raises(Invalid):
        await follow_list(server, ada, public.id)
    await change_list(server, ada, public.id, ListChoice(is_public=False))
    assert await list_followed_lists(server.db, bob) == []
    await change_list(server, ada, public.id, ListChoice(is_public=True))
    assert await list_followed_lists(server.db, bob) == []
    await follow_list(server, bob, public.id)
    await unfollow_list(server, bob, public.id)
    assert await list_followed_lists(server.db, bob) == []


async def test_f4_f10_another_s_list_cannot_be_read_or_changed(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, friends: AccountList
) -> None:
    """Not a private one, and a public one is read and never written."""
    public = await create_list(server, ada, PUBLIC)
    await add_members(server, ada, public.id, [bob.account_id])
    await add_hashtags(server, ada, public.id, ["tea"])
    for account_list in (friends, public):
        id = account_list.id
        for attempt in (
            get_own_list(server.db, eve, id),
            change_list(server, eve, id, ListChoice("Mine now")),
            delete_list(server, eve, id),
            add_members(server, eve, id, [eve.account_id]),
            remove_members(server, eve, id, [bob.account_id]),
            add_hashtags(server, eve, id, ["mine"]),
            remove_hashtags(server, eve, id, ["tea"]),
        ):
            with pytest.raises(NotFound):
                await attempt
    for reader in (eve, VISITOR):
        with pytest.raises(NotFound):
            await readable_list(server, reader, friends.id)
    assert await list_lists(server.db, eve) == await list_lists_with(server.db, eve, bob.account_id) == []
    assert await list_lists(server.db, ada) == [friends, public]
    assert await members(server, public) == [bob.account_id]


@pytest.mark.parametrize(
    "choice",
    [
        ListChoice(),
        ListChoice(""),
        ListChoice(" \u200b "),
        ListChoice("x" * (MOST_TITLE + 1)),
        ListChoice("x", replies_policy="all"),
    ],
)
async def test_g3_a_list_of_wrong_words_is_refused(server: Server, ada: Viewer, choice: ListChoice) -> None:
    with pytest.raises(Invalid):
        await create_list(server, ada, choice)


async def test_g3_lists_members_and_hashtags_are_bounded(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, friends: AccountList
) -> None:
    server.settings = msgspec.structs.replace(server.settings, max_lists=3, max_list_members=2)
    made = await asyncio.gather(*(create_list(server, ada, PUBLIC) for _ in range(6)), return_exceptions=True)
    assert sum(isinstance(each, AccountList) for each in made) == 2
    full = (await list_lists(server.db, ada))[-1]
    await add_members(server, ada, full.id, [ada.account_id, bob.account_id])
    with pytest.raises(Invalid):
        await add_members(server, ada, full.id, [eve.account_id])
    assert len(await members(server, full)) == 2
    await add_hashtags(server, ada, friends.id, [f"tag{number}" for number in range(MOST_HASHTAGS)])
    with pytest.raises(Invalid):
        await add_hashtags(server, ada, friends.id, ["more"])
    assert len(await list_list_hashtags(server.db, friends.id)) == MOST_HASHTAGS

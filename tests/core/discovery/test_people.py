"""The directory and suggestions show those who want to be found, and nobody hidden."""

import pytest

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.discovery.actions import dismiss_suggestion
from mesange.core.discovery.memory import DiscoveryMemory
from mesange.core.discovery.queries import Order, Source, list_directory, list_suggestions
from mesange.core.follows.actions import FollowOptions, block_account, follow_account, mute_account
from mesange.core.search.queries import search_accounts
from mesange.kit.clock import SECOND, FixedClock
from mesange.kit.server import Server
from tests.core.people import new_viewer, post


@pytest.fixture
async def people(server: Server) -> list[Viewer]:
    return [await new_viewer(server, name) for name in ("ann", "ben", "cat", "dan", "eva")]


async def follow(server: Server, viewer: Viewer, *others: Viewer) -> None:
    for other in others:
        await follow_account(server, viewer, other.account_id, FollowOptions())


async def test_the_directory_shows_the_newest_or_those_who_wrote_last(
    server: Server, people: list[Viewer], clock: FixedClock
) -> None:
    ann, ben, cat, dan, eva = people
    await change_profile(server, dan, ProfileChange(is_discoverable=False))
    await post(server, ben, "first")
    await post(server, dan, "unseen")
    clock.move(SECOND)
    await post(server, ann, "last")
    newest = await list_directory(server, VISITOR, Order.NEW, limit=3)
    assert newest == [eva.account_id, cat.account_id, ben.account_id]
    assert await list_directory(server, VISITOR, Order.NEW, limit=3, offset=3) == [ann.account_id]
    assert await list_directory(server, VISITOR, Order.ACTIVE, limit=9) == [ann.account_id, ben.account_id]
    await block_account(server, ann, ben.account_id)
    assert await list_directory(server, ben, Order.ACTIVE, limit=9) == [ben.account_id]


async def test_who_changes_their_mind_leaves_the_directory_at_once(server: Server, people: list[Viewer]) -> None:
    await list_directory(server, VISITOR, Order.NEW, limit=9)
    await change_profile(server, people[0], ProfileChange(is_discoverable=False))
    assert people[0].account_id not in await list_directory(server, VISITOR, Order.NEW, limit=9)


async def test_suggested_are_friends_of_friends_then_those_whom_many_follow(
    server: Server, people: list[Viewer]
) -> None:
    ann, ben, cat, dan, eva = people
    await follow(server, ann, ben, cat)
    await follow(server, ben, dan, eva)
    await follow(server, cat, dan)
    expected = [(dan.account_id, Source.FRIENDS_OF_FRIENDS), (eva.account_id, Source.MOST_FOLLOWED)]
    assert await list_suggestions(server, ann, 9) == expected
    await dismiss_suggestion(server, ann, dan.account_id)
    await dismiss_suggestion(server, ann, dan.account_id)
    assert await list_suggestions(server, ann, 9) == expected[1:]


async def test_nobody_hidden_or_unwilling_is_suggested(server: Server, people: list[Viewer]) -> None:
    ann, ben, cat, dan, eva = people
    await follow(server, ann, ben)
    for known in (cat, dan, eva):
        await follow(server, ben, known)
    await mute_account(server, ann, cat.account_id)
    await block_account(server, dan, ann.account_id)
    await change_profile(server, eva, ProfileChange(is_discoverable=False))
    server.of(DiscoveryMemory).lists.clear()
    assert await list_suggestions(server, ann, 9) == []


async def test_accounts_are_found_by_the_beginning_of_their_names(
    server: Server, people: list[Viewer], consume: object
) -> None:
    ann, ben, cat, *_ = people
    await change_profile(server, cat, ProfileChange(display_name="Zoé Bénard"))
    await consume()  # type: ignore[operator]
    assert await search_accounts(server, VISITOR, "ben", limit=9) == [ben.account_id, cat.account_id]
    assert await search_accounts(server, VISITOR, "zoe be", limit=9) == [cat.account_id]
    await follow(server, ann, cat)
    assert await search_accounts(server, ann, "be", limit=9) == [cat.account_id, ben.account_id]
    assert await search_accounts(server, ann, "be", limit=9, only_followed=True) == [cat.account_id]
    await block_account(server, ann, ben.account_id)
    assert await search_accounts(server, ann, "be", limit=9) == [cat.account_id]
    assert await search_accounts(server, ann, "@ben", limit=9) == [ben.account_id, cat.account_id]

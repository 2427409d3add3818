"""Who sees a status: the one rule, as a table, and through every way of reading."""

import pytest

from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.follows.actions import FollowOptions, block_account, follow_account
from mesange.core.follows.model import Relations
from mesange.core.statuses.actions.marks import reblog_status
from mesange.core.statuses.model import Status, Visibility, may_reblog, may_see
from mesange.core.statuses.queries import (
    AccountFilter,
    get_thread,
    list_account_statuses,
    only_visible,
    visible_status,
)
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import post

AUTHOR, READER, VISITING = 1, 2, 0
OPEN, FOLLOWERS, DIRECT = ("public", "unlisted"), "private", "direct"


def status_of(author: int, visibility: str) -> Status:
    return Status(9, author, "text", "", False, "", Visibility(visibility))


def seen(
    visibility: str, viewer: int, *, follows: bool = False, mentioned: bool = False, blocked: bool = False
) -> bool:
    relations = Relations(
        following={AUTHOR: True} if follows else {}, blocked_by=frozenset({AUTHOR}) if blocked else frozenset()
    )
    return may_see(viewer, status_of(AUTHOR, visibility), relations, is_mentioned=mentioned)


@pytest.mark.parametrize(
    ("visibility", "stranger", "follower", "mentioned", "visitor"),
    [
        ("public", True, True, True, True),
        ("unlisted", True, True, True, True),
        ("private", False, True, True, False),
        ("direct", False, False, True, False),
    ],
)
def test_the_matrix_of_visibility(
    visibility: str, stranger: bool, follower: bool, mentioned: bool, visitor: bool
) -> None:
    assert seen(visibility, READER) == stranger
    assert seen(visibility, READER, follows=True) == follower
    assert seen(visibility, READER, mentioned=True) == mentioned
    assert seen(visibility, VISITING) == visitor
    assert seen(visibility, AUTHOR)
    assert not seen(visibility, READER, follows=True, mentioned=True, blocked=True)


@pytest.mark.parametrize(
    ("visibility", "by_author", "by_others"),
    [("public", True, True), ("unlisted", True, True), ("private", True, False), ("direct", False, False)],
)
def test_who_may_boost(visibility: str, by_author: bool, by_others: bool) -> None:
    status = status_of(AUTHOR, visibility)
    assert (may_reblog(AUTHOR, status), may_reblog(READER, status)) == (by_author, by_others)


@pytest.fixture
async def of_each_kind(server: Server, ada: Viewer, bob: Viewer) -> dict[str, Status]:
    """Ada's posts: one of each visibility, and one to Bob."""
    posts = {str(each): await post(server, ada, str(each), each) for each in Visibility}
    return posts | {"to bob": await post(server, ada, "@bob", "direct")}


async def seen_through_each_way(server: Server, viewer: Viewer, posts: dict[str, Status]) -> set[str]:
    """Names of the visible ones; every way of reading must agree."""
    names = {status.id: name for name, status in posts.items()}
    one_by_one: set[str] = set()
    for id, name in names.items():
        try:
            await visible_status(server, viewer, id)
            one_by_one.add(name)
        except NotFound:
            continue
    together = {names[status.id] for status in await only_visible(server, viewer, list(names))}
    account_id = next(iter(posts.values())).account_id
    profile = {names[id] for id in await list_account_statuses(server, viewer, account_id, Page(), AccountFilter())}
    assert one_by_one == together == profile
    return together


async def test_each_reader_sees_the_same_in_every_way_of_reading(
    server: Server, of_each_kind: dict[str, Status], ada: Viewer, bob: Viewer, eve: Viewer
) -> None:
    await follow_account(server, eve, ada.account_id, FollowOptions())
    assert await seen_through_each_way(server, ada, of_each_kind) == set(of_each_kind)
    assert await seen_through_each_way(server, eve, of_each_kind) == {*OPEN, FOLLOWERS}
    assert await seen_through_each_way(server, bob, of_each_kind) == {*OPEN, "to bob"}
    assert await seen_through_each_way(server, VISITOR, of_each_kind) == set(OPEN)


async def test_who_is_blocked_sees_nothing_more(
    server: Server, of_each_kind: dict[str, Status], ada: Viewer, bob: Viewer
) -> None:
    await seen_through_each_way(server, bob, of_each_kind)
    await block_account(server, ada, bob.account_id)
    assert await seen_through_each_way(server, bob, of_each_kind) == set()


async def test_a_boost_is_seen_only_with_what_it_boosts(server: Server, ada: Viewer, bob: Viewer, eve: Viewer) -> None:
    original = await post(server, ada, "hello")
    boost = await reblog_status(server, eve, original.id)
    assert await only_visible(server, bob, [boost.id]) == [boost]
    await block_account(server, ada, bob.account_id)
    assert await only_visible(server, bob, [boost.id, original.id]) == []


async def test_a_thread_is_shown_in_reading_order_without_what_is_hidden(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer
) -> None:
    root = await post(server, ada, "root")
    left = await post(server, bob, "left", to=root)
    right = await post(server, ada, "right", to=root)
    deep = await post(server, ada, "deep", to=left)
    whisper = await post(server, ada, "@bob whisper", "direct", to=left)
    thread = await get_thread(server, bob, left)
    assert (thread.ancestors, thread.descendants) == ([root.id], [deep.id, whisper.id])
    assert (await get_thread(server, eve, root)).descendants == [left.id, deep.id, right.id]
    await block_account(server, eve, bob.account_id)
    assert (await get_thread(server, eve, root)).descendants == [deep.id, right.id]


async def test_a_visitor_reads_so_much_of_a_long_thread(server: Server, ada: Viewer) -> None:
    """Mastodon's limits: 40 before, 60 after."""
    chain = [await post(server, ada, "0")]
    for number in range(1, 110):
        chain.append(await post(server, ada, str(number), to=chain[-1]))
    ids = [status.id for status in chain]
    seen_by_visitor = await get_thread(server, VISITOR, chain[45])
    assert (seen_by_visitor.ancestors, seen_by_visitor.descendants) == (ids[5:45], ids[46:106])
    assert (await get_thread(server, ada, chain[45])).ancestors == ids[:45]

"""Boosts, favourites, bookmarks and pins: asking twice changes nothing more, also at once."""

import asyncio

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import load_account_stats
from mesange.core.statuses.actions.marks import (
    bookmark_status,
    favourite_status,
    mute_thread,
    pin_status,
    reblog_status,
    unbookmark_status,
    unfavourite_status,
    unmute_thread,
    unpin_status,
)
from mesange.core.statuses.model import MOST_PINS, Mark
from mesange.core.statuses.queries import (
    list_favouriting,
    list_marked,
    list_reblogging,
    load_marks,
    load_status_stats,
)
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import new_viewer, post


async def marks_of(server: Server, viewer: Viewer, status_id: int) -> Mark:
    marks = await load_marks(server, viewer.account_id, [status_id])
    return marks.get(status_id, Mark.NONE)


async def test_each_mark_is_seen_at_once_and_taken_back(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await post(server, ada, "hello")
    own = await post(server, bob, "mine")
    for mark, id, do, undo in (
        (Mark.FAVOURITED, status.id, favourite_status, unfavourite_status),
        (Mark.BOOKMARKED, status.id, bookmark_status, unbookmark_status),
        (Mark.PINNED, own.id, pin_status, unpin_status),
        (Mark.MUTED, status.id, mute_thread, unmute_thread),
    ):
        assert await marks_of(server, bob, id) == Mark.NONE
        for _ in range(2):
            await do(server, bob, id)
        assert await marks_of(server, bob, id) == mark
        for _ in range(2):
            await undo(server, bob, id)
        assert await marks_of(server, bob, id) == Mark.NONE


async def test_marks_on_a_boost_are_marks_on_what_it_boosts(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await post(server, ada, "hello")
    boost = await reblog_status(server, ada, status.id)
    assert (await favourite_status(server, bob, boost.id)).id == status.id
    assert (await reblog_status(server, bob, boost.id)).reblog_of_id == status.id
    assert await marks_of(server, bob, status.id) == Mark.FAVOURITED | Mark.REBLOGGED


async def test_twenty_boosts_at_once_are_one(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await post(server, ada, "hello")
    wrappers = await asyncio.gather(*(reblog_status(server, bob, status.id) for _ in range(20)))
    assert len({wrapper.id for wrapper in wrappers}) == 1
    assert (await load_status_stats(server, [status.id]))[status.id].reblogs == 1
    assert (await load_account_stats(server, [bob.account_id]))[bob.account_id].statuses == 1


async def test_counters_equal_the_rows_after_many_at_once(server: Server, ada: Viewer) -> None:
    people = [ada, *[await new_viewer(server, f"p{number}") for number in range(7)]]
    status = await post(server, ada, "hello")
    await asyncio.gather(
        *(
            action(server, person, status.id)
            for person in people
            for action in (favourite_status, reblog_status, bookmark_status, favourite_status)
        )
    )
    await asyncio.gather(*(unfavourite_status(server, person, status.id) for person in [*people[:3], *people[:3]]))
    stats = (await load_status_stats(server, [status.id]))[status.id]
    assert (stats.favourites, stats.reblogs) == (5, 8)
    assert len(await list_favouriting(server.db, status.id, Page())) == 5
    assert len(await list_reblogging(server.db, status.id, Page())) == 8
    assert len(await list_marked(server.db, "bookmarks", ada.account_id, Page())) == 1


@pytest.mark.parametrize("visibility", ["private", "direct"])
async def test_what_is_not_open_is_not_boosted_by_others(
    server: Server, ada: Viewer, bob: Viewer, visibility: str
) -> None:
    status = await post(server, ada, "@bob hello", visibility)
    with pytest.raises(Forbidden):
        await reblog_status(server, bob, status.id)


async def test_five_pins_and_not_one_more_also_at_once(server: Server, ada: Viewer) -> None:
    posts = [await post(server, ada, f"post {number}") for number in range(9)]
    results = await asyncio.gather(*(pin_status(server, ada, each.id) for each in posts), return_exceptions=True)
    refused = [result for result in results if isinstance(result, Invalid)]
    assert len(refused) == 9 - MOST_PINS
    assert len(await list_marked(server.db, "pins", ada.account_id, Page())) == MOST_PINS


async def test_pins_are_one_s_own_posts_that_others_may_read(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await post(server, ada, "hello")
    whisper = await post(server, ada, "whisper", "direct")
    boost = await reblog_status(server, ada, status.id)
    for viewer, id in ((bob, status.id), (ada, whisper.id), (ada, boost.id)):
        with pytest.raises(Invalid):
            await pin_status(server, viewer, id)


async def test_what_is_not_there_is_not_marked(server: Server, ada: Viewer, bob: Viewer) -> None:
    secret = await post(server, ada, "secret", "direct")
    for id in (secret.id, 4711):
        for action in (reblog_status, favourite_status, bookmark_status, pin_status, mute_thread):
            with pytest.raises(NotFound):
                await action(server, bob, id)


async def test_marks_are_right_however_old_the_post(server: Server, ada: Viewer, bob: Viewer) -> None:
    """Memory holds a viewer's newest marks only; what is older is read from the tables."""
    posts = await asyncio.gather(*(post(server, ada, f"post {number}") for number in range(320)))
    await asyncio.gather(*(favourite_status(server, bob, each.id) for each in posts))
    await unfavourite_status(server, bob, posts[0].id)
    unmarked = await post(server, ada, "no mark")
    marks = await load_marks(server, bob.account_id, [posts[0].id, posts[1].id, posts[-1].id, unmarked.id])
    assert [marks.get(id, Mark.NONE) for id in (posts[0].id, posts[1].id, posts[-1].id, unmarked.id)] == [
        Mark.NONE,
        Mark.FAVOURITED,
        Mark.FAVOURITED,
        Mark.NONE,
    ]
    newest = await load_marks(server, bob.account_id, [posts[-1].id, unmarked.id])
    assert [newest.get(id, Mark.NONE) for id in (posts[-1].id, unmarked.id)] == [Mark.FAVOURITED, Mark.NONE]

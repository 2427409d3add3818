"""Importing old posts: each once, with its own time."""

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import load_account_stats
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.importing import OldPost, checked_post, import_posts
from mesange.core.statuses.queries import load_mentioned, load_statuses
from mesange.core.timelines.queries import HashtagFilter, Origin, list_hashtag, list_home
from mesange.kit.clock import DAY, FixedClock
from mesange.kit.errors import Invalid
from mesange.kit.paging import Page
from mesange.kit.server import Server


async def bring_in(server: Server, *posts: OldPost) -> int:
    return await import_posts(server, [(post, checked_post(server, post)) for post in posts])


async def count(server: Server) -> int:
    return await server.db.value("SELECT count(*) FROM statuses")


async def test_posts_come_in_with_their_own_times_hashtags_and_mentions(
    server: Server, clock: FixedClock, ada: Viewer, bob: Viewer
) -> None:
    await list_home(server, ada, Page())
    times = [clock.now() - 3 * DAY, clock.now() - DAY, clock.now() - 2 * DAY]
    posts = [OldPost(ada.account_id, f"#flood number {time} @bob @bob@here.example", time, "en") for time in times]

    assert await bring_in(server, *posts) == 3

    ids = await list_hashtag(server, ada, Page(), HashtagFilter("flood"), Origin())
    found = await load_statuses(server, ids)
    assert [found[id].created_at for id in ids] == sorted(times, reverse=True)
    assert await list_home(server, ada, Page()) == ids
    assert await load_mentioned(server.db, ids) == {id: [bob.account_id] for id in ids}
    stats = (await load_account_stats(server, [ada.account_id]))[ada.account_id]
    assert (stats.statuses, stats.last_status_at) == (3, max(times))


async def test_importing_twice_is_importing_once(server: Server, ada: Viewer, bob: Viewer) -> None:
    posts = [OldPost(who.account_id, f"post {n}", 10**12 + n // 3) for n in range(20) for who in (ada, bob)]
    assert await bring_in(server, *posts) == 40
    assert await bring_in(server, *posts[:10]) + await bring_in(server, *posts) == 0
    assert await count(server) == 40
    assert (await load_account_stats(server, [ada.account_id]))[ada.account_id].statuses == 20


async def test_true_doubles_stay_two_also_the_second_time(server: Server, ada: Viewer) -> None:
    doubles = [OldPost(ada.account_id, "goal!", 10**12, occurrence=number) for number in range(3)]
    assert await bring_in(server, *doubles) == 3
    assert await bring_in(server, *doubles) == 0
    assert await count(server) == 3


async def test_what_was_deleted_or_edited_since_does_not_come_back(server: Server, ada: Viewer) -> None:
    posts = [OldPost(ada.account_id, "to delete", 10**12), OldPost(ada.account_id, "to edit", 10**12 + 1)]
    await bring_in(server, *posts)
    await delete_status(server, ada, posts[0].id)
    await edit_status(server, ada, posts[1].id, Correction(text="edited"))
    assert await bring_in(server, *posts) == 0
    assert await count(server) == 1


@pytest.mark.parametrize(
    ("text", "time", "visibility"),
    [
        ("from the future", 1_700_000_000_001, "public"),
        ("before 1970", -1, "public"),
        ("", 10**12, "public"),
        ("  ", 10**12, "public"),
        ("x" * 5_001, 10**12, "public"),
        ("hello", 10**12, "secret"),
    ],
)
async def test_what_can_be_no_post_is_refused(
    server: Server, ada: Viewer, text: str, time: int, visibility: str
) -> None:
    with pytest.raises(Invalid):
        checked_post(server, OldPost(ada.account_id, text, time, visibility=visibility))


async def test_a_longer_post_than_140_signs_comes_in(server: Server, ada: Viewer) -> None:
    assert await bring_in(server, OldPost(ada.account_id, "x" * 2_000, 10**12)) == 1


async def test_a_batch_is_all_or_nothing(server: Server, ada: Viewer) -> None:
    good = OldPost(ada.account_id, "good", 10**12)
    bad = OldPost(ada.account_id, "bad", 10**12, visibility="secret")
    with pytest.raises(ValueError, match="secret"):
        await import_posts(server, [(good, checked_post(server, good)), (bad, checked_post(server, good))])
    assert await count(server) == 0

"""Editing and deleting: earlier versions are kept, what is deleted is gone for good."""

import asyncio

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import load_account_stats
from mesange.core.follows.actions import FollowOptions, follow_account
from mesange.core.statuses.actions.delete import delete_status, unreblog_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.marks import (
    bookmark_status,
    favourite_status,
    mute_thread,
    pin_status,
    reblog_status,
)
from mesange.core.statuses.queries import list_versions, load_mentioned, load_status_stats, visible_status
from mesange.core.timelines.queries import HashtagFilter, Origin, list_hashtag, list_home
from mesange.events.statuses import StatusDeleted
from mesange.kit.clock import MINUTE, FixedClock
from mesange.kit.errors import Forbidden, Invalid, MesangeError, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import new_viewer, post

# Every table that speaks of a status, by the column that names it.
ABOUT = {
    "statuses": "id",
    "status_edits": "status_id",
    "status_stats": "status_id",
    "status_hashtags": "status_id",
    "mentions": "status_id",
    "favourites": "status_id",
    "bookmarks": "status_id",
    "pins": "status_id",
    "notifications": "status_id",
}


async def tagged(server: Server, name: str) -> list[int]:
    return await list_hashtag(server, Viewer(), Page(), HashtagFilter(name), Origin())


async def test_an_edit_keeps_every_version_with_its_time(server: Server, clock: FixedClock, ada: Viewer) -> None:
    status = await post(server, ada, "frist")
    clock.move(MINUTE)
    await edit_status(server, ada, status.id, Correction(text="first"))
    clock.move(MINUTE)
    edited = await edit_status(server, ada, status.id, Correction(spoiler_text="careful", language="en"))

    assert await visible_status(server, ada, status.id) == edited
    assert (edited.text, edited.spoiler_text, edited.is_sensitive, edited.revision) == ("first", "careful", True, 2)
    versions = await list_versions(server.db, edited)
    assert [(each.text, each.spoiler_text) for each in versions] == [
        ("frist", ""),
        ("first", ""),
        ("first", "careful"),
    ]
    assert [each.created_at - status.created_at for each in versions] == [0, MINUTE, 2 * MINUTE]


async def test_an_edit_that_changes_nothing_makes_no_version(server: Server, ada: Viewer) -> None:
    status = await post(server, ada, "same")
    assert (await edit_status(server, ada, status.id, Correction(text="same"))).revision == 0
    assert len(await list_versions(server.db, status)) == 1


async def test_an_edit_moves_hashtags_and_adds_mentions(server: Server, ada: Viewer, bob: Viewer, eve: Viewer) -> None:
    status = await post(server, ada, "#before @bob")
    await edit_status(server, ada, status.id, Correction(text="#after @eve@here.example"))
    assert (await tagged(server, "before"), await tagged(server, "after")) == ([], [status.id])
    mentioned = (await load_mentioned(server.db, [status.id]))[status.id]
    assert sorted(mentioned) == sorted([bob.account_id, eve.account_id]), "who was addressed may still read it"


async def test_an_edit_is_one_s_own_and_within_the_signs(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await post(server, ada, "mine")
    boost = await reblog_status(server, ada, status.id)
    for viewer, id in ((bob, status.id), (ada, boost.id)):
        with pytest.raises(Forbidden):
            await edit_status(server, viewer, id, Correction(text="yours"))
    with pytest.raises(Invalid):
        await edit_status(server, ada, status.id, Correction(text="x" * 141))
    with pytest.raises(NotFound):
        await edit_status(server, ada, 4711, Correction(text="x"))


async def test_edits_at_once_follow_one_another(server: Server, ada: Viewer) -> None:
    status = await post(server, ada, "v")
    await asyncio.gather(*(edit_status(server, ada, status.id, Correction(text=f"v{number}")) for number in range(10)))
    final = await visible_status(server, ada, status.id)
    assert final.revision == 10
    texts = [version.text for version in await list_versions(server.db, final)]
    assert sorted(texts) == sorted(["v", *(f"v{number}" for number in range(10))])


async def test_nothing_of_a_deleted_post_is_left_but_a_tombstone(
    server: Server, ada: Viewer, bob: Viewer, consume
) -> None:
    await follow_account(server, bob, ada.account_id, FollowOptions())
    parent = await post(server, bob, "parent")
    status = await post(server, ada, "#tag @bob original", to=parent)
    await edit_status(server, ada, status.id, Correction(text="#tag #more @bob changed"))
    boost = await reblog_status(server, bob, status.id)
    await favourite_status(server, bob, status.id)
    await bookmark_status(server, bob, status.id)
    await pin_status(server, ada, status.id)
    await consume()

    gone = await delete_status(server, ada, status.id)
    await consume()

    assert gone.text == "#tag #more @bob changed", "for writing it anew"
    for table, column in ABOUT.items():
        left = await server.db.value(f"SELECT count(*) FROM {table} WHERE {column} = ANY(?)", [status.id, boost.id])
        assert left == 0, table
    assert await server.db.value("SELECT count(*) FROM tombstones WHERE status_id = ?", status.id) == 1
    assert (await load_status_stats(server, [parent.id]))[parent.id].replies == 0
    stats = await load_account_stats(server, [ada.account_id, bob.account_id])
    assert (stats[ada.account_id].statuses, stats[bob.account_id].statuses) == (0, 1)
    assert await list_home(server, bob, Page()) == [parent.id]
    assert await tagged(server, "tag") == []
    with pytest.raises(NotFound):
        await visible_status(server, ada, status.id)


async def test_a_deletion_tells_what_cannot_be_read_again(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await post(server, ada, "#tag @bob")
    await delete_status(server, ada, status.id)
    _, event = (await server.eventlog.after((0, 0)))[-1]
    assert event == StatusDeleted(status.id, ada.account_id, "public", None, None, (bob.account_id,), ("tag",))


async def test_only_one_s_own_is_deleted_and_once(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await post(server, ada, "mine")
    with pytest.raises(Forbidden):
        await delete_status(server, bob, status.id)
    results = await asyncio.gather(*(delete_status(server, ada, status.id) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(result, NotFound) for result in results) == 4
    assert (await load_account_stats(server, [ada.account_id]))[ada.account_id].statuses == 0


@pytest.mark.parametrize("undo", [delete_status, unreblog_status])
async def test_a_boost_taken_back_is_uncounted_once(server: Server, ada: Viewer, bob: Viewer, undo) -> None:
    status = await post(server, ada, "hello")
    boost = await reblog_status(server, bob, status.id)
    await asyncio.gather(*(undo(server, bob, boost.id) for _ in range(3)), return_exceptions=True)
    assert (await load_status_stats(server, [status.id]))[status.id].reblogs == 0
    assert (await load_account_stats(server, [bob.account_id]))[bob.account_id].statuses == 0


async def test_an_answer_deleted_after_its_question_counts_nothing(server: Server, ada: Viewer, bob: Viewer) -> None:
    question = await post(server, ada, "question")
    answer = await post(server, bob, "answer", to=question)
    await delete_status(server, ada, question.id)
    await delete_status(server, bob, answer.id)
    assert await server.db.value("SELECT count(*) FROM status_stats") == 0


async def test_whatever_is_done_while_a_post_is_deleted_leaves_nothing_of_it(server: Server, ada: Viewer) -> None:
    others = [await new_viewer(server, f"p{number}") for number in range(5)]
    for _ in range(5):
        status = await post(server, ada, "#tag hello")
        actions = [
            action(server, other, status.id)
            for other in others
            for action in (reblog_status, favourite_status, bookmark_status, mute_thread)
        ]
        actions += [post(server, other, "answer", to=status) for other in others]
        actions.insert(12, delete_status(server, ada, status.id))
        results = await asyncio.gather(*actions, return_exceptions=True)
        refusals = {type(result) for result in results if isinstance(result, BaseException)}
        assert refusals <= {NotFound}, refusals
        assert all(issubclass(refusal, MesangeError) for refusal in refusals)
        for table, column in ABOUT.items():
            assert await server.db.value(f"SELECT count(*) FROM {table} WHERE {column} = ?", status.id) == 0, table
        assert await server.db.value("SELECT count(*) FROM statuses WHERE reblog_of_id = ?", status.id) == 0

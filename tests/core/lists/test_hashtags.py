"""Followed hashtags, and how much hashtags are used."""

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.lists import model
from mesange.core.lists.actions import (
    ListChoice,
    add_hashtags,
    create_list,
    delete_list,
    follow_hashtag,
    unfollow_hashtag,
)
from mesange.core.lists.queries import choices_of, find_followed_names, followers_of_hashtags, list_followed_hashtags
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.queries import load_hashtag_uses
from mesange.kit.clock import DAY, FixedClock
from mesange.kit.errors import Invalid
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import post
from tests.core.watched import watch


async def followed(server: Server, viewer: Viewer) -> list[str]:
    return [each.written for each in await list_followed_hashtags(server.db, viewer, Page(100))]


async def test_a_hashtag_is_followed_once_whatever_its_spelling(server: Server, ada: Viewer, bob: Viewer) -> None:
    for written in ("#Café", "CAFE", "tea"):
        await follow_hashtag(server, ada, written)
    await follow_hashtag(server, bob, "café")
    assert await followed(server, ada) == ["tea", "Café"]
    assert sorted(await followers_of_hashtags(server, ["cafe", "tea"])) == [ada.account_id, bob.account_id]
    assert await find_followed_names(server.db, ada.account_id, ["cafe", "sea"]) == {"cafe"}
    await unfollow_hashtag(server, ada, "cafÉ")
    assert set(await followers_of_hashtags(server, ["cafe", "tea"])) == {bob.account_id, ada.account_id}
    assert await followers_of_hashtags(server, ["cafe"]) == [bob.account_id]


async def test_f10_unfollowing_touches_nobody_else(server: Server, ada: Viewer, bob: Viewer) -> None:
    for viewer in (ada, bob):
        await follow_hashtag(server, viewer, "tea")
    await unfollow_hashtag(server, bob, "tea")
    assert (await followed(server, ada), await followed(server, bob)) == (["tea"], [])


async def test_g3_followed_hashtags_are_bounded(server: Server, ada: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mesange.core.lists.actions.follows.MOST_FOLLOWED_HASHTAGS", 2)
    for name in ("one", "two"):
        await follow_hashtag(server, ada, name)
    for wrong in ("three", "no hashtag", "x" * (model.MOST_HASHTAG + 1)):
        with pytest.raises(Invalid):
            await follow_hashtag(server, ada, wrong)
    assert await followed(server, ada) == ["two", "one"]


async def test_a_hashtag_on_an_exclusive_list_stays_out_of_the_home(server: Server, ada: Viewer) -> None:
    await follow_hashtag(server, ada, "tea")
    apart = await create_list(server, ada, ListChoice("Apart", is_exclusive=True))
    await add_hashtags(server, ada, apart.id, ["tea"])
    assert (await choices_of(server, ada.account_id)).hashtags == frozenset()
    await delete_list(server, ada, apart.id)
    assert (await choices_of(server, ada.account_id)).hashtags == {"tea"}


async def test_a_plain_post_asks_nothing_about_hashtags(server: Server, ada: Viewer, bob: Viewer) -> None:
    await follow_hashtag(server, bob, "tea")
    await post(server, ada, "#tea")
    watched = watch(server)
    for text in ("plain", "plain again", "#tea is known"):
        await post(server, ada, text)
    assert not [sql for sql, _ in watched.asked if "hashtag_follows" in sql]


async def test_uses_are_counted_by_day_and_author(server: Server, clock: FixedClock, ada: Viewer, bob: Viewer) -> None:
    old = await post(server, ada, "#tea")
    clock.move(2 * DAY)
    for viewer in (ada, ada, bob):
        gone = await post(server, viewer, "#Tea #sea")
    await post(server, ada, "#tea", "unlisted")
    uses = await load_hashtag_uses(server.db, ["tea", "sea", "none"], clock.now())
    assert [(day.uses, day.accounts) for day in uses["tea"]][:4] == [(3, 2), (0, 0), (1, 1), (0, 0)]
    assert [day.uses for day in uses["none"]] == [0] * 7
    assert uses["tea"][2].day <= old.created_at < uses["tea"][1].day
    await delete_status(server, bob, gone.id)
    assert (await load_hashtag_uses(server.db, ["sea"], clock.now()))["sea"][0].uses == 2

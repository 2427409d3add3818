"""Public and hashtag timelines."""

import pytest

from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.follows.actions import block_account, mute_account
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.marks import reblog_status
from mesange.core.timelines.queries import HashtagFilter, Origin, list_hashtag, list_public
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import post
from tests.core.timelines.world import page_of

EVERYWHERE = Origin()


async def public(
    server: Server, viewer: Viewer = VISITOR, page: Page | None = None, origin: Origin = EVERYWHERE
) -> list:
    return await list_public(server, viewer, page or Page(), origin)


async def test_the_public_timeline_holds_public_posts_without_boosts_and_answers_to_others(
    server: Server, ada: Viewer, bob: Viewer
) -> None:
    first = await post(server, ada, "first")
    for visibility in ("unlisted", "private", "direct"):
        await post(server, ada, visibility, visibility)
    await post(server, bob, "an answer", to=first)
    await reblog_status(server, bob, first.id)
    thread = await post(server, ada, "an answer to myself", to=first)
    assert await public(server) == [thread.id, first.id]
    assert await public(server, origin=Origin(local=True)) == [thread.id, first.id]
    assert await public(server, origin=Origin(remote=True)) == []
    await delete_status(server, ada, thread.id)
    assert await public(server) == [first.id]


async def test_hidden_people_are_not_shown(server: Server, ada: Viewer, bob: Viewer, eve: Viewer) -> None:
    by_ada, by_bob = await post(server, ada, "#tag"), await post(server, bob, "#tag")
    await mute_account(server, eve, ada.account_id)
    assert await public(server, eve) == [by_bob.id]
    await block_account(server, bob, eve.account_id)
    assert await public(server, eve) == []
    assert await list_hashtag(server, eve, Page(), HashtagFilter("tag"), EVERYWHERE) == []
    assert await public(server) == [by_bob.id, by_ada.id]


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        (HashtagFilter("cafe"), "abc"),
        (HashtagFilter("CAFÉ"), "abc"),
        (HashtagFilter("#Café"), "abc"),
        (HashtagFilter("tea"), "bd"),
        (HashtagFilter("cafe", any=["tea"]), "abcd"),
        (HashtagFilter("cafe", all=["tea"]), "b"),
        (HashtagFilter("cafe", all=["#Tea"]), "b"),
        (HashtagFilter("cafe", none=["tea"]), "ac"),
        (HashtagFilter("cafe", any=["tea"], all=["milk"], none=["sugar"]), "d"),
        (HashtagFilter("cafe", any=["nothing"], none=["nothing"]), "abc"),
        (HashtagFilter("cafe", all=["nothing"]), ""),
        (HashtagFilter("nothing", any=["tea"]), "bd"),
        (HashtagFilter("nothing"), ""),
        (HashtagFilter(""), ""),
        (HashtagFilter("cafe' OR 1=1 --"), ""),
    ],
)
async def test_hashtags_with_any_all_and_none(server: Server, ada: Viewer, tags: HashtagFilter, names: str) -> None:
    texts = {"a": "#café", "b": "#Café #tea", "c": "#CAFE #milk #sugar", "d": "#tea #milk", "e": "cafe"}
    names_by_id = {(await post(server, ada, text)).id: name for name, text in texts.items()}
    await post(server, ada, "#cafe", "unlisted")
    found = await list_hashtag(server, VISITOR, Page(), tags, EVERYWHERE)
    assert found == sorted(found, reverse=True)
    assert "".join(sorted(names_by_id[id] for id in found)) == names


async def test_answers_stand_in_hashtag_timelines(server: Server, ada: Viewer, bob: Viewer) -> None:
    question = await post(server, ada, "#polowers")
    answer = await post(server, bob, "#polowers me", to=question)
    found = await list_hashtag(server, VISITOR, Page(), HashtagFilter("polowers"), EVERYWHERE)
    assert found == [answer.id, question.id]


@pytest.mark.parametrize("tags", [None, HashtagFilter("tag"), HashtagFilter("tag", any=["other"])])
async def test_every_kind_of_page(server: Server, ada: Viewer, bob: Viewer, tags: HashtagFilter | None) -> None:
    ids = [(await post(server, (ada, bob)[n % 2], "#tag #other")).id for n in range(12)][::-1]
    for page in (
        Page(5),
        Page(5, below=ids[3]),
        Page(5, above=ids[8]),
        Page(3, above=ids[8], forwards=True),
        Page(40, below=ids[2], above=ids[9]),
        Page(2, below=ids[2], above=ids[9], forwards=True),
        Page(5, below=0),
    ):
        if tags:
            found = await list_hashtag(server, ada, page, tags, EVERYWHERE)
        else:
            found = await public(server, ada, page)
        assert found == page_of(ids, page), page

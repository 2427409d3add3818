"""A thread of several parts is published all or nothing."""

import asyncio

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import load_account_stats
from mesange.core.statuses.actions.publish import WrongPart, publish_thread
from mesange.core.statuses.memory import StatusMemory
from mesange.core.statuses.model import MOST_PARTS, Draft
from mesange.core.statuses.queries import get_thread, hashtags_of, load_mentioned, load_status_stats, load_statuses
from mesange.core.timelines.queries import list_home
from mesange.kit.errors import Invalid, NotFound, Unavailable
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import post


async def count(server: Server) -> int:
    return await server.db.value("SELECT count(*) FROM statuses")


async def test_each_part_answers_the_one_before(server: Server, ada: Viewer, bob: Viewer) -> None:
    drafts = [Draft("One #first"), Draft("Two @bob", spoiler_text="careful"), Draft("Three #third")]
    first = await publish_thread(server, ada, drafts)
    around = await get_thread(server, bob, first)
    second, third = (await load_statuses(server, around.descendants)).values()
    assert (second.in_reply_to_id, third.in_reply_to_id) == (first.id, second.id)
    assert (second.thread_id, third.thread_id) == (first.id, first.id)
    assert (hashtags_of(first), hashtags_of(third), second.spoiler_text) == (["first"], ["third"], "careful")
    assert (await load_mentioned(server.db, [second.id]))[second.id] == [bob.account_id]
    stats = await load_status_stats(server, [first.id, second.id, third.id])
    assert [stats[each].replies for each in (first.id, second.id, third.id)] == [1, 1, 0]
    assert (await load_account_stats(server, [ada.account_id]))[ada.account_id].statuses == 3
    assert await list_home(server, ada, Page()) == [third.id, second.id, first.id]


async def test_a_thread_may_answer_a_post(server: Server, ada: Viewer, bob: Viewer) -> None:
    root = await post(server, bob, "What do you think?")
    first = await publish_thread(server, ada, [Draft("First", in_reply_to_id=root.id), Draft("Then")])
    assert (first.in_reply_to_id, first.thread_id) == (root.id, root.id)
    assert len((await get_thread(server, bob, root)).descendants) == 2


@pytest.mark.parametrize(
    ("texts", "wrong"), [(["fine", "", "fine"], 1), (["x" * 141, "fine"], 0), (["fine", "fine", "x" * 141], 2)]
)
async def test_a_wrong_part_is_named_and_nothing_is_published(
    server: Server, ada: Viewer, texts: list[str], wrong: int
) -> None:
    with pytest.raises(WrongPart) as refusal:
        await publish_thread(server, ada, [Draft(text) for text in texts])
    assert refusal.value.part == wrong
    assert (await count(server), server.of(StatusMemory).statuses) == (0, {})


async def test_a_thread_has_one_part_at_least_and_25_at_most(server: Server, ada: Viewer) -> None:
    for parts in (0, MOST_PARTS + 1):
        with pytest.raises(Invalid):
            await publish_thread(server, ada, [Draft("again")] * parts)
    await publish_thread(server, ada, [Draft(f"part {number}") for number in range(MOST_PARTS)])
    assert await count(server) == MOST_PARTS


async def test_what_it_answers_must_be_there(server: Server, ada: Viewer, bob: Viewer) -> None:
    secret = await post(server, bob, "a secret", "direct")
    with pytest.raises(NotFound):
        await publish_thread(server, ada, [Draft("One", in_reply_to_id=secret.id), Draft("Two")])
    assert await count(server) == 1


async def test_one_key_makes_one_thread_also_in_a_race(server: Server, ada: Viewer) -> None:
    drafts = [Draft("One"), Draft("Two")]
    made = await asyncio.gather(*(publish_thread(server, ada, drafts, "key") for _ in range(10)))
    assert (len({first.id for first in made}), await count(server)) == (1, 2)


async def test_a_full_disk_leaves_no_part(server: Server, ada: Viewer) -> None:
    encode, told = server.db.encode_event, list[object]()

    def fail_at_the_second(event: object) -> bytes:
        told.append(event)
        if len(told) == 2:
            raise Unavailable
        return encode(event)

    server.db.encode_event = fail_at_the_second
    with pytest.raises(Unavailable):
        await publish_thread(server, ada, [Draft("One"), Draft("Two"), Draft("Three")])
    assert (await count(server), server.of(StatusMemory).stats) == (0, {})

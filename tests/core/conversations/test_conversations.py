"""Conversations: direct posts gathered by thread and people, read, put away, and filled again from the log."""

from collections.abc import Awaitable, Callable

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.conversations.actions import delete_conversation, read_conversation
from mesange.core.conversations.consumers import CONSUMER
from mesange.core.conversations.queries import (
    count_unread_conversations,
    get_conversation,
    list_conversation,
    list_conversations,
    list_direct,
)
from mesange.core.conversations.tables import PROJECTION
from mesange.core.follows.actions import block_account
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.events.conversations import ConversationChanged
from mesange.kit.clock import HOUR, FixedClock
from mesange.kit.consumers import replay
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import post

Step = Callable[[], Awaitable[None]]


async def seen(server: Server, viewer: Viewer) -> list[tuple[list[int], int, bool]]:
    found = await list_conversations(server.db, viewer, Page())
    return [(each.others, each.last_status_id, each.is_unread) for each in found]


async def test_a_direct_post_opens_a_conversation_for_each_of_its_people(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, consume: Step
) -> None:
    await post(server, ada, "@bob in public")
    first = await post(server, ada, "@bob hello", "direct")
    await consume()
    assert await seen(server, ada) == [([bob.account_id], first.id, False)]
    assert await seen(server, bob) == [([ada.account_id], first.id, True)]
    assert await seen(server, eve) == []
    answer = await post(server, bob, "@ada hello back", "direct", to=first)
    await consume()
    assert await seen(server, ada) == [([bob.account_id], answer.id, True)]
    assert await seen(server, bob) == [([ada.account_id], answer.id, False)]
    assert await count_unread_conversations(server, ada.account_id) == 1


async def test_another_person_makes_another_conversation_of_the_same_thread(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, consume: Step
) -> None:
    first = await post(server, ada, "@bob hello", "direct")
    second = await post(server, ada, "@bob @eve and hello eve", "direct", to=first)
    await consume()
    both = sorted([bob.account_id, eve.account_id])
    assert await seen(server, ada) == [(both, second.id, False), ([bob.account_id], first.id, False)]
    assert await seen(server, eve) == [(sorted([ada.account_id, bob.account_id]), second.id, True)]
    opened = (await list_conversations(server.db, eve, Page()))[0]
    assert await list_conversation(server.db, opened) == [second.id]


async def test_a_note_to_oneself_is_a_conversation_too(server: Server, ada: Viewer, consume: Step) -> None:
    note = await post(server, ada, "remember the milk", "direct")
    await consume()
    assert await seen(server, ada) == [([], note.id, False)]


async def test_reading_holds_until_something_new_is_said(
    server: Server, ada: Viewer, bob: Viewer, consume: Step
) -> None:
    first = await post(server, ada, "@bob one", "direct")
    await consume()
    opened = (await list_conversations(server.db, bob, Page()))[0]
    late = await post(server, ada, "@bob two", "direct", to=first)
    assert not (await read_conversation(server, bob, opened.id)).is_unread
    await consume()
    assert await seen(server, bob) == [([ada.account_id], late.id, True)]


async def test_what_is_put_away_begins_anew_with_the_next_post(
    server: Server, ada: Viewer, bob: Viewer, consume: Step
) -> None:
    first = await post(server, ada, "@bob one", "direct")
    await consume()
    await delete_conversation(server, bob, (await list_conversations(server.db, bob, Page()))[0].id)
    await consume()
    assert await seen(server, bob) == []
    assert len(await seen(server, ada)) == 1
    second = await post(server, ada, "@bob two", "direct", to=first)
    await consume()
    opened = (await list_conversations(server.db, bob, Page()))[0]
    assert await list_conversation(server.db, opened) == [second.id]


async def test_a_deleted_post_leaves_the_one_before_it(server: Server, ada: Viewer, bob: Viewer, consume: Step) -> None:
    first = await post(server, ada, "@bob one", "direct")
    second = await post(server, ada, "@bob two", "direct", to=first)
    await consume()
    await delete_status(server, ada, second.id)
    await consume()
    assert [last for _, last, _ in await seen(server, bob)] == [first.id]
    await delete_status(server, ada, first.id)
    await consume()
    assert await seen(server, bob) == []


async def test_an_edit_that_names_someone_moves_the_post_to_a_wider_conversation(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, consume: Step
) -> None:
    first = await post(server, ada, "@bob one", "direct")
    await consume()
    await edit_status(server, ada, first.id, Correction(text="@bob @eve one"))
    await consume()
    assert await seen(server, ada) == [(sorted([bob.account_id, eve.account_id]), first.id, False)]
    assert [last for _, last, _ in await seen(server, eve)] == [first.id]


async def test_who_blocked_the_author_is_not_reached(server: Server, ada: Viewer, bob: Viewer, consume: Step) -> None:
    await block_account(server, bob, ada.account_id)
    await post(server, ada, "@bob hello?", "direct")
    await consume()
    assert await seen(server, bob) == []


async def test_f4_the_conversations_of_others_do_not_exist(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, consume: Step
) -> None:
    await post(server, ada, "@bob a secret", "direct")
    await consume()
    opened = (await list_conversations(server.db, ada, Page()))[0]
    with pytest.raises(NotFound):
        await get_conversation(server.db, eve.account_id, opened.id)
    with pytest.raises(NotFound):
        await read_conversation(server, eve, opened.id)
    with pytest.raises(NotFound):
        await delete_conversation(server, eve, opened.id)
    assert await list_direct(server.db, eve, Page()) == []
    assert len(await seen(server, ada)) == len(await seen(server, bob)) == 1


async def test_conversations_page_by_what_was_said_last(
    server: Server, ada: Viewer, bob: Viewer, consume: Step
) -> None:
    said = [(await post(server, ada, f"@bob {number}", "direct")).id for number in range(5)]
    await consume()
    found = await list_conversations(server.db, bob, Page(limit=2))
    assert [each.last_status_id for each in found] == [said[4], said[3]]
    found = await list_conversations(server.db, bob, Page(limit=2, below=said[3]))
    assert [each.last_status_id for each in found] == [said[2], said[1]]
    found = await list_conversations(server.db, bob, Page(limit=2, above=said[0], forwards=True))
    assert [each.last_status_id for each in found] == [said[2], said[1]]
    assert await list_direct(server.db, bob, Page(limit=2)) == [said[4], said[3]]


async def test_a_replay_gives_the_same_conversations_and_tells_nobody(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, consume: Step, clock: FixedClock
) -> None:
    first = await post(server, ada, "@bob one", "direct")
    await post(server, bob, "@ada two", "direct", to=first)
    await post(server, ada, "@eve three", "direct")
    gone = await post(server, eve, "@ada four", "direct")
    await consume()
    await read_conversation(server, ada, (await list_conversations(server.db, ada, Page()))[-1].id)
    await delete_conversation(server, eve, (await list_conversations(server.db, eve, Page()))[-1].id)
    await delete_status(server, eve, gone.id)
    await consume()
    before = [await server.db.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in PROJECTION]
    clock.move(2 * HOUR)
    told: list[ConversationChanged] = []

    async def hear(server: Server, event: ConversationChanged) -> None:
        told.append(event)

    server.eventlog.listen(server, {ConversationChanged: [hear]})
    await replay(server.db, CONSUMER)
    await consume()
    assert [await server.db.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in PROJECTION] == before
    assert told == []

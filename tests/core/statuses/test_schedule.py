"""Scheduled posts: refused in the past, published once at their hour through the gate, kept with the reason if not."""

import asyncio
from contextlib import AsyncExitStack

import msgspec
import pytest

from mesange.core.accounts.actions.accounts import set_sign_limit
from mesange.core.accounts.model import Viewer
from mesange.core.media.actions.clearing import delete_loose_media
from mesange.core.media.model import MediaAttachment, MediaKind, MediaState
from mesange.core.media.queries import load_media
from mesange.core.media.tables import media_attachments
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.publish import WrongPart
from mesange.core.statuses.actions.schedule import (
    ANSWERED_IS_GONE,
    LOGIN_IS_CLOSED,
    TOO_LONG_NOW,
    publish_due_posts,
    reschedule_posts,
    schedule_posts,
    unschedule_posts,
)
from mesange.core.statuses.model import Draft, PollDraft, ScheduledStatus, parts_in
from mesange.core.statuses.queries import get_scheduled, list_planned, list_scheduled, load_polls
from mesange.core.statuses.tables import statuses
from mesange.events.statuses import PostNotPublished, PostScheduled, PostUnscheduled, StatusPublished
from mesange.kit.clock import HOUR, MINUTE, SECOND, FixedClock
from mesange.kit.errors import Invalid, NotFound, Unavailable
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.main import open_server, start
from tests.core.people import post

POLL = PollDraft(("Yes", "No"), 300)


async def plan(server: Server, viewer: Viewer, *texts: str, ahead: int = HOUR, key: str = "") -> ScheduledStatus:
    drafts = [Draft(text) for text in texts or ("later",)]
    return await schedule_posts(server, viewer, drafts, server.clock.now() + ahead, key)


async def published(server: Server) -> list[str]:
    return [text for (text,) in await server.db.rows("SELECT text FROM statuses ORDER BY id")]


async def waiting(server: Server, viewer: Viewer) -> list[ScheduledStatus]:
    return await list_scheduled(server.db, viewer, Page())


async def told(server: Server, *kinds: type) -> list[object]:
    return [event for _, event in await server.eventlog.after((0, 0)) if isinstance(event, kinds)]


@pytest.mark.parametrize("ahead", [-HOUR, 0, 5 * MINUTE - 1])
async def test_the_past_and_the_next_minutes_are_refused(server: Server, ada: Viewer, ahead: int) -> None:
    with pytest.raises(Invalid) as refusal:
        await plan(server, ada, ahead=ahead)
    assert (refusal.value.field, refusal.value.http_status) == ("scheduled_at", 422)
    planned = await plan(server, ada)
    with pytest.raises(Invalid):
        await reschedule_posts(server, ada, planned.id, server.clock.now() + ahead)


async def test_a_whole_post_comes_out_at_its_hour(server: Server, ada: Viewer, bob: Viewer, clock: FixedClock) -> None:
    answered = await post(server, bob, "Who?")
    whole = Draft("@bob #me", "Care", True, "fr", "unlisted", answered.id, poll=POLL)
    planned = await schedule_posts(server, ada, [whole], clock.now() + HOUR)
    assert parts_in(planned.parts) == [whole]
    clock.move(HOUR - 1)
    await publish_due_posts(server)
    assert await published(server) == ["Who?"]
    clock.move(1)
    await publish_due_posts(server)
    row = await server.db.row(f"SELECT {statuses.columns} FROM statuses ORDER BY id DESC LIMIT 1")
    assert row
    status = statuses.load(row)
    assert (status.text, status.spoiler_text, status.language, status.visibility) == (
        "@bob #me",
        "Care",
        "fr",
        "unlisted",
    )
    assert (status.in_reply_to_id, status.created_at) == (answered.id, clock.now())
    assert (await load_polls(server, [status.id]))[status.id].poll.expires_at == clock.now() + 300 * SECOND
    assert await waiting(server, ada) == []
    assert len(await told(server, PostScheduled)) == 1


async def test_a_thread_comes_out_whole(server: Server, ada: Viewer, clock: FixedClock) -> None:
    await plan(server, ada, "One", "Two", "Three")
    clock.move(HOUR)
    await publish_due_posts(server)
    assert await published(server) == ["One", "Two", "Three"]


async def test_what_could_not_be_published_now_is_not_planned(server: Server, ada: Viewer) -> None:
    for texts in (("",), ("x" * 141,)):
        with pytest.raises(Invalid):
            await plan(server, ada, *texts)
    with pytest.raises(WrongPart) as refusal:
        await plan(server, ada, "fine", "x" * 141)
    assert refusal.value.part == 1
    with pytest.raises(NotFound):
        await schedule_posts(server, ada, [Draft("an answer", in_reply_to_id=5)], server.clock.now() + HOUR)
    assert await waiting(server, ada) == []


async def test_an_account_has_only_so_many_waiting(server: Server, ada: Viewer, bob: Viewer) -> None:
    server.settings = msgspec.structs.replace(server.settings, max_scheduled=3)
    done = await asyncio.gather(*(plan(server, ada, str(number)) for number in range(8)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["Invalid"] * 5 + ["ScheduledStatus"] * 3
    await plan(server, bob)


async def test_one_key_plans_once_also_in_a_race(server: Server, ada: Viewer) -> None:
    made = await asyncio.gather(*(plan(server, ada, key="key") for _ in range(10)))
    assert len({each.id for each in made}) == 1
    assert len(await waiting(server, ada)) == 1


async def test_ten_runners_publish_it_once(server: Server, ada: Viewer, clock: FixedClock) -> None:
    for number in range(60):
        await plan(server, ada, str(number))
    clock.move(HOUR)
    await asyncio.gather(*(publish_due_posts(server) for _ in range(10)))
    assert sorted(map(int, await published(server))) == list(range(60))
    assert len(await told(server, StatusPublished)) == 60


async def test_ten_servers_publish_it_once(server: Server, ada: Viewer, clock: FixedClock) -> None:
    if server.db.engine == "sqlite":
        pytest.skip("one server per file")
    for number in range(20):
        await plan(server, ada, str(number))
    clock.move(HOUR)
    async with AsyncExitStack() as stack:
        own = [msgspec.structs.replace(server.settings, node=n, database_connections=3) for n in range(1, 10)]
        others = [await stack.enter_async_context(open_server(settings, clock)) for settings in own]
        for other in others:
            await start(other)
        await asyncio.gather(*(publish_due_posts(each) for each in (server, *others)))
    assert sorted(map(int, await published(server))) == list(range(20))


async def test_another_time_and_other_words(server: Server, ada: Viewer, bob: Viewer, clock: FixedClock) -> None:
    planned = await plan(server, ada)
    moved = await reschedule_posts(server, ada, planned.id, clock.now() + 2 * HOUR, [Draft("other words")])
    assert (moved.id, moved.scheduled_at) == (planned.id, clock.now() + 2 * HOUR)
    clock.move(HOUR)
    await publish_due_posts(server)
    assert await published(server) == []
    clock.move(HOUR)
    await publish_due_posts(server)
    assert await published(server) == ["other words"]
    for change in (
        reschedule_posts(server, ada, planned.id, clock.now() + HOUR),
        unschedule_posts(server, ada, planned.id),
    ):
        with pytest.raises(NotFound):
            await change


async def test_what_is_deleted_does_not_come_out(server: Server, ada: Viewer, clock: FixedClock) -> None:
    planned = await plan(server, ada)
    await unschedule_posts(server, ada, planned.id)
    clock.move(HOUR)
    await publish_due_posts(server)
    assert await published(server) == []
    assert await told(server, PostUnscheduled) == [PostUnscheduled(planned.id, ada.account_id)]


async def test_nobody_else_sees_or_touches_it(server: Server, ada: Viewer, bob: Viewer) -> None:
    planned = await plan(server, ada)
    assert await waiting(server, bob) == []
    for touch in (
        get_scheduled(server.db, bob, planned.id),
        reschedule_posts(server, bob, planned.id, server.clock.now() + HOUR),
        unschedule_posts(server, bob, planned.id),
    ):
        with pytest.raises(NotFound):
            await touch


async def test_a_planned_post_that_is_refused_stays_with_its_reason(
    server: Server, ada: Viewer, bob: Viewer, clock: FixedClock
) -> None:
    answered = await post(server, bob, "Who?")
    await set_sign_limit(server, ada.account_id, 500)
    await plan(server, ada, "x" * 300)
    await schedule_posts(server, ada, [Draft("me", in_reply_to_id=answered.id)], clock.now() + HOUR)
    await plan(server, ada, "fine")
    await set_sign_limit(server, ada.account_id, None)
    await delete_status(server, bob, answered.id)
    clock.move(HOUR)
    for _ in range(2):
        await publish_due_posts(server)
    assert await published(server) == ["fine"]
    kept = await waiting(server, ada)
    assert [(each.reason, each.failed_at) for each in kept] == [
        (ANSWERED_IS_GONE, clock.now()),
        (TOO_LONG_NOW, clock.now()),
    ]
    assert len(await told(server, PostNotPublished)) == 2
    again = await reschedule_posts(server, ada, kept[1].id, clock.now() + HOUR, [Draft("shorter")])
    assert (again.failed_at, again.reason) == (None, "")
    clock.move(HOUR)
    await publish_due_posts(server)
    assert await published(server) == ["fine", "shorter"]


async def test_a_closed_login_publishes_nothing(server: Server, ada: Viewer, clock: FixedClock) -> None:
    await plan(server, ada)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET disabled_at = 1 WHERE id = ?", ada.user_id)
    clock.move(HOUR)
    await publish_due_posts(server)
    assert await published(server) == []
    assert [each.reason for each in await waiting(server, ada)] == [LOGIN_IS_CLOSED]


async def test_a_full_disk_loses_nothing(server: Server, ada: Viewer, clock: FixedClock) -> None:
    await plan(server, ada)
    clock.move(HOUR)
    encode = server.db.encode_event

    def fail(event: object) -> bytes:
        raise Unavailable

    server.db.encode_event = fail
    with pytest.raises(Unavailable):
        await publish_due_posts(server)
    server.db.encode_event = encode
    assert [each.failed_at for each in await waiting(server, ada)] == [None]
    await publish_due_posts(server)
    assert await published(server) == ["later"]


async def test_the_plan_is_read_in_the_order_of_its_hours(server: Server, ada: Viewer) -> None:
    for number in (3, 1, 2):
        await plan(server, ada, str(number), ahead=number * HOUR)
    found = await list_planned(server.db, ada, (0, 0), 2)
    assert [parts_in(each.parts)[0].text for each in found] == ["1", "2"]
    more = await list_planned(server.db, ada, (found[-1].scheduled_at, found[-1].id), 2)
    assert [parts_in(each.parts)[0].text for each in more] == ["3"]


async def ready_picture(server: Server, viewer: Viewer) -> int:
    """A picture that is ready, without the time it takes to make one."""
    media = MediaAttachment(
        server.ids.next(),
        viewer.account_id,
        MediaKind.IMAGE,
        MediaState.READY,
        file="a.webp",
        loose_since=server.clock.now(),
    )
    async with server.db.transaction() as tx:
        await tx.insert(media_attachments, media)
    return media.id


async def test_a_picture_waits_with_its_post_and_comes_out_with_it(
    server: Server, ada: Viewer, clock: FixedClock
) -> None:
    used, dropped = await ready_picture(server, ada), await ready_picture(server, ada)
    drafts = [Draft("look", media_ids=(used,)), Draft("and this", media_ids=(dropped,))]
    planned = await schedule_posts(server, ada, drafts, clock.now() + 72 * HOUR)
    await reschedule_posts(server, ada, planned.id, planned.scheduled_at, drafts[:1])
    clock.move(48 * HOUR)
    await delete_loose_media(server)
    assert [id for (id,) in await server.db.rows("SELECT id FROM media_attachments")] == [used]
    clock.move(24 * HOUR)
    await publish_due_posts(server)
    assert [each.id for found in (await load_media(server.db, await ids(server))).values() for each in found] == [used]


async def ids(server: Server) -> list[int]:
    return [id for (id,) in await server.db.rows("SELECT id FROM statuses")]


async def test_the_picture_of_somebody_else_is_not_planned(server: Server, ada: Viewer, bob: Viewer) -> None:
    other = await ready_picture(server, bob)
    with pytest.raises(Invalid):
        await schedule_posts(server, ada, [Draft("look", media_ids=(other,))], server.clock.now() + HOUR)
    assert await waiting(server, ada) == []

"""Relays of blogs: each item is one post for as long as it lives, and a broken feed is a state with a reason."""

from dataclasses import replace

import pytest

from mesange.core.accounts.model import Account, Viewer
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import AccountFilter, list_account_statuses, list_versions, load_statuses
from mesange.core.teams.model import Organization, Role
from mesange.kit.clock import DAY, HOUR, MINUTE, FixedClock
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.relay_publishing import relay_items
from mesange.workspace.publishing.actions.relay_reading import read_due_relays
from mesange.workspace.publishing.actions.relays import (
    UnfitFeed,
    add_relay,
    change_template,
    end_relay,
    pause_relay,
    preview_relay,
    resume_relay,
)
from mesange.workspace.publishing.model.relays import FeedRelay, RelayState, RelayTrouble, WarningKind
from mesange.workspace.publishing.queries.relays import (
    get_relay,
    list_relay_warnings,
    list_relayed_items,
    list_relays,
)
from tests.core.people import new_viewer
from tests.kit.loopback import Loopback
from tests.kit.test_http_hostile import HOSTILE, repeating
from tests.workspace.publishing.relays.blogs import LATER, Blog, member, told

ALL = Page(100)


async def read_on(server: Server, clock: FixedClock, wait: int = LATER) -> None:
    """The next reading of every relay, and what follows of it."""
    clock.move(wait)
    await read_due_relays(server)
    await relay_items(server)


async def posts(server: Server, account: Account) -> list[Status]:
    """Oldest first."""
    viewer = Viewer(account_id=account.id, user_id=1)
    ids = await list_account_statuses(server, viewer, account.id, ALL, AccountFilter())
    found = await load_statuses(server, ids)
    return [found[id] for id in reversed(ids)]


async def warnings(server: Server, viewer: Viewer, relay: FeedRelay) -> list[WarningKind]:
    return [each.kind for each in await list_relay_warnings(server.db, viewer, relay.id, ALL)]


async def test_six_feeds_one_edited_three_times_one_guid_changed(
    server: Server, clock: FixedClock, loopback: Loopback, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    blogs = [blog, *[await Blog().open(loopback) for _ in range(5)]]
    relays = [await add_relay(server, editor, kindy.id, each.url(), "") for each in blogs]
    await relay_items(server)
    assert await posts(server, kindy) == []

    for number, each in enumerate(blogs):
        each.write(f"news-{number}", f"News {number}", clock.now() + MINUTE)
    await read_on(server, clock)
    await read_on(server, clock)
    assert len(await posts(server, kindy)) == 6

    for words in ("News, put right", "News, put right again", "News at last"):
        blog.change("news-0", title=words)
        await read_on(server, clock)
    blogs[1].change("news-1", guid="https://moved.example/1")
    await read_on(server, clock)
    await read_on(server, clock, DAY)

    (first,) = [each for each in await posts(server, kindy) if "/news-0" in each.text]
    others = [each for each in await posts(server, kindy) if each.id != first.id]
    assert (first.text, first.revision) == (f"News at last {blog.url('/news-0')}", 3)
    assert len(await list_versions(server.db, first)) == 4
    assert [each.revision for each in others] == [0] * 5
    assert [await warnings(server, editor, relay) for relay in relays] == [
        [],
        [WarningKind.GUID_CHANGED],
        [],
        [],
        [],
        [],
    ]


async def test_a_look_before_shows_what_would_be_posted_and_changes_nothing(
    server: Server, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    blog.write("long", "Des chaussettes " * 20, 10**12, tags=("Made in France", "chaussettes"))
    seen = await preview_relay(server, editor, kindy.id, blog.url(), "{title} {link} {hashtags}")
    assert seen.title == "Le blog"
    assert len(seen.posts) == 4
    assert await list_relays(server.db, editor, kindy.organization_id or 0, ALL) == []
    assert await posts(server, kindy) == []


async def test_only_as_many_as_were_chosen_are_relayed_of_what_was_there(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    await add_relay(server, editor, kindy.id, blog.url(), "{title}", first=2)
    await relay_items(server)
    await read_on(server, clock)
    assert [each.text for each in await posts(server, kindy)] == ["An older item 2", "An older item 1"]
    blog.entries = [each for each in blog.entries if each.guid != "old-1"]
    blog.write("ancient", "Put back from long ago", clock.now() - 300 * DAY)
    await read_on(server, clock)
    assert len(await posts(server, kindy)) == 2


async def test_a_flood_is_held_until_somebody_looks(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "{title}")
    for number in range(30):
        blog.write(f"new-{number}", f"New {number}", clock.now() + MINUTE)
    await read_on(server, clock)
    held = await get_relay(server.db, editor, relay.id)
    assert (held.state, held.trouble, held.detail) == (RelayState.IN_ERROR, RelayTrouble.FLOOD, "30")
    assert await posts(server, kindy) == []

    await resume_relay(server, editor, relay.id)
    blog.write("one", "One more", clock.now() + HOUR)
    await read_on(server, clock, 3_000)
    blog.write("two", "And one", clock.now() + HOUR)
    await read_on(server, clock)
    assert [each.text for each in await posts(server, kindy)] == ["And one"]


async def test_what_did_not_change_is_not_read_again(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "")
    waits = list[int]()
    for _ in range(4):
        await read_on(server, clock, DAY)
        found = await get_relay(server.db, editor, relay.id)
        waits.append(found.wait)
    assert blog.times_asked() == 5
    assert all(b"if-none-match" in request.lower() for request in blog.asked[1:])
    assert waits == sorted(waits)
    blog.write("news", "News", clock.now())
    await read_on(server, clock, DAY)
    assert (await get_relay(server.db, editor, relay.id)).wait < waits[-1]


async def test_one_host_is_asked_one_feed_at_a_time(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    for path in ("/feed", "/other", "/third"):
        await add_relay(server, editor, kindy.id, blog.url(path), "")
    clock.move(LATER)
    asked = list[int]()
    for wait in (0, 1_000, 2_000, 3_000):
        clock.move(wait)
        await read_due_relays(server)
        asked.append(len(blog.asked) - 3)
    assert asked == [1, 1, 2, 3]


async def test_a_feed_that_moved_for_good_is_asked_there_from_then_on(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url("/old"), "")
    blog.answers["/old"] = told("301 Moved Permanently", f"location: {blog.url('/new')}")
    blog.answers["/new"] = told("302 Found", f"location: {blog.url('/feed')}")
    await read_on(server, clock)
    assert (await get_relay(server.db, editor, relay.id)).url == blog.url("/new")
    await read_on(server, clock, DAY)
    assert blog.times_asked("/old") == 2


@pytest.mark.parametrize(
    ("answer", "trouble", "tries_on"),
    [
        (told("410 Gone"), RelayTrouble.GONE, False),
        (told("404 Not Found"), RelayTrouble.ANSWER, True),
        (told("200 OK", body=b"<!doctype html><title>Hello</title>"), RelayTrouble.PAGE, True),
        (told("200 OK", body=b"Good morning"), RelayTrouble.NO_FEED, True),
        (
            told("200 OK", body=b'<!DOCTYPE a [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'),
            RelayTrouble.HOSTILE,
            False,
        ),
        (told("302 Found", "location: http://inside.example.test/"), RelayTrouble.REFUSED, False),
        (told("302 Found", "location: http://169.254.169.254/"), RelayTrouble.REFUSED, False),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 50000000\r\n\r\n", RelayTrouble.UNREACHABLE, True),
        (repeating(b"HTTP/1.0 200 OK\r\n\r\n<rss>", b"<item/>" * 1_000), RelayTrouble.UNREACHABLE, True),
        (HOSTILE["drips its body"][0], RelayTrouble.UNREACHABLE, True),
        (HOSTILE["gzip bomb"][0], RelayTrouble.UNREACHABLE, True),
    ],
    ids="gone missing page words bomb inside metadata 50MB endless slow gzip".split(),
)
async def test_a_feed_that_cannot_be_read_is_a_state_with_a_reason_and_a_way_on(
    server: Server,
    clock: FixedClock,
    blog: Blog,
    editor: Viewer,
    kindy: Account,
    answer: bytes,
    trouble: RelayTrouble,
    tries_on: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "{title}")
    blog.answers["/feed"] = answer
    with monkeypatch.context() as impatient:
        if answer is HOSTILE["drips its body"][0]:  # For an honest answer a busy machine has all the time it needs.
            impatient.setattr("mesange.workspace.publishing.actions.feeds.SECONDS", 0.3)
        for _ in range(3):
            await read_on(server, clock, DAY + HOUR)
        with pytest.raises(UnfitFeed):
            await preview_relay(server, editor, kindy.id, blog.url(), "")
    failed = await get_relay(server.db, editor, relay.id)
    assert (failed.state, failed.trouble, failed.next_at is not None) == (RelayState.IN_ERROR, trouble, tries_on)

    del blog.answers["/feed"]
    blog.write("news", "News", clock.now())
    await resume_relay(server, editor, relay.id, catches_up=True)
    await read_on(server, clock, 2_000)
    assert (await get_relay(server.db, editor, relay.id)).state is RelayState.ACTIVE
    assert [each.text for each in await posts(server, kindy)] == ["News"]


async def test_a_server_that_asks_for_patience_gets_it(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "")
    blog.answers["/feed"] = told("429 Too Many Requests", "retry-after: 7200")
    await read_on(server, clock)
    asked = await get_relay(server.db, editor, relay.id)
    assert (asked.state, asked.attempts) == (RelayState.ACTIVE, 1)
    assert (asked.next_at or 0) - clock.now() >= 2 * HOUR


async def test_what_a_person_wrote_or_deleted_stays_so(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "{title}", first=2)
    await relay_items(server)
    second, first = await posts(server, kindy)
    await edit_status(server, editor, first.id, Correction(text="Said better by hand"))
    await delete_status(server, editor, second.id)
    blog.change("old-1", title="Other words 1")
    blog.change("old-2", title="Other words 2")
    await read_on(server, clock)
    await read_on(server, clock)
    assert [each.text for each in await posts(server, kindy)] == ["Said better by hand"]
    assert set(await warnings(server, editor, relay)) == {WarningKind.EDITED_BY_HAND, WarningKind.POST_GONE}


async def test_an_item_that_left_the_feed_is_noted_and_its_post_left(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "{title}", first=1)
    await relay_items(server)
    blog.entries = [each for each in blog.entries if each.guid != "old-1"]
    await read_on(server, clock)
    await read_on(server, clock, DAY)
    assert await warnings(server, editor, relay) == [WarningKind.ITEM_GONE]
    assert len(await posts(server, kindy)) == 1


async def test_when_the_member_leaves_the_relay_stops_and_another_takes_it_over(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account, organization: Organization
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "{title}")
    colleague = await member(server, organization, kindy, Role.ADMIN)
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM memberships WHERE user_id = ?", editor.user_id)
    blog.write("news", "News", clock.now() + MINUTE)
    await read_on(server, clock)
    stopped = await get_relay(server.db, colleague, relay.id)
    assert (stopped.state, stopped.trouble) == (RelayState.IN_ERROR, RelayTrouble.MAY_NOT_PUBLISH)
    assert await posts(server, kindy) == []

    resumed = await resume_relay(server, colleague, relay.id, catches_up=True)
    await relay_items(server)
    assert resumed.user_id == colleague.user_id
    assert [each.text for each in await posts(server, kindy)] == ["News"]


async def test_a_freeze_stops_the_relay_and_loses_nothing(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account, organization: Organization
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "{title}")
    blog.write("news", "News", clock.now() + MINUTE)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE organizations SET frozen_at = ? WHERE id = ?", clock.now(), organization.id)
    await read_on(server, clock)
    stopped = await get_relay(server.db, editor, relay.id)
    assert (stopped.state, stopped.trouble) == (RelayState.IN_ERROR, RelayTrouble.MAY_NOT_PUBLISH)
    assert "frozen" in stopped.detail
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE organizations SET frozen_at = NULL WHERE id = ?", organization.id)
    await relay_items(server)
    assert await posts(server, kindy) == []
    await resume_relay(server, editor, relay.id, catches_up=True)
    await relay_items(server)
    assert [each.text for each in await posts(server, kindy)] == ["News"]


async def test_paused_nothing_is_asked_and_what_came_meanwhile_is_not_relayed(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "{title}")
    await pause_relay(server, editor, relay.id)
    blog.write("meanwhile", "Meanwhile", clock.now() + MINUTE)
    await read_on(server, clock, DAY)
    assert blog.times_asked() == 1
    await resume_relay(server, editor, relay.id)
    await read_on(server, clock)
    blog.write("after", "After", clock.now() + MINUTE)
    await read_on(server, clock)
    assert [each.text for each in await posts(server, kindy)] == ["After"]


async def test_the_names_in_a_feed_call_nobody(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    await new_viewer(server, "bob")
    await add_relay(server, editor, kindy.id, blog.url(), "{title}")
    blog.write("news", "@bob and @bob@here.example say", clock.now() + MINUTE)
    await read_on(server, clock)
    (post,) = await posts(server, kindy)
    assert await server.db.rows("SELECT account_id FROM mentions WHERE status_id = ?", post.id) == []


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.ANALYST])
async def test_only_who_may_publish_relays(
    server: Server, blog: Blog, editor: Viewer, kindy: Account, organization: Organization, role: Role
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "")
    reader = await member(server, organization, kindy, role)
    assert (await get_relay(server.db, reader, relay.id)).id == relay.id
    for attempt in (
        add_relay(server, reader, kindy.id, blog.url("/x"), ""),
        pause_relay(server, reader, relay.id),
        resume_relay(server, reader, relay.id),
        change_template(server, reader, relay.id, "{title}"),
        end_relay(server, reader, relay.id),
    ):
        with pytest.raises(Forbidden):
            await attempt


async def test_for_others_a_relay_does_not_exist(server: Server, blog: Blog, editor: Viewer, kindy: Account) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "")
    stranger = await new_viewer(server, "stranger")
    for attempt in (
        get_relay(server.db, stranger, relay.id),
        list_relays(server.db, stranger, relay.organization_id, ALL),
        list_relayed_items(server.db, stranger, relay.id, ALL),
        list_relay_warnings(server.db, stranger, relay.id, ALL),
        preview_relay(server, stranger, kindy.id, blog.url(), ""),
        end_relay(server, stranger, relay.id),
        add_relay(server, editor, stranger.account_id, blog.url(), ""),
    ):
        with pytest.raises(NotFound):
            await attempt


async def test_one_account_relays_a_feed_once(server: Server, blog: Blog, editor: Viewer, kindy: Account) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "")
    with pytest.raises(Invalid, match="already"):
        await add_relay(server, editor, kindy.id, blog.url(), "")
    await end_relay(server, editor, relay.id)
    assert (await add_relay(server, editor, kindy.id, blog.url(), "")).id != relay.id


async def test_two_servers_relay_an_item_once(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, kindy: Account
) -> None:
    await add_relay(server, editor, kindy.id, blog.url(), "{title}", first=1)
    twin = replace(server)
    await relay_items(server)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE relayed_items SET state = 'waiting' WHERE status_id IS NULL AND guid = 'old-1'")
    await relay_items(twin)
    assert len(await posts(server, kindy)) == 1

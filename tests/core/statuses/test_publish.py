"""Publishing: what is accepted, how signs are counted, once per key."""

import asyncio

import pytest

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile, set_sign_limit
from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import load_account_stats
from mesange.core.statuses.actions.keys import forget_old_keys
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.memory import StatusMemory
from mesange.core.statuses.model import Draft, Status
from mesange.core.statuses.queries import hashtags_of, load_mentioned, load_status_stats, visible_status
from mesange.events.statuses import StatusPublished
from mesange.kit.clock import HOUR, FixedClock
from mesange.kit.errors import Invalid, NotFound, Unavailable
from mesange.kit.server import Server
from tests.core.people import new_viewer, post

ADDRESS = "https://example.org/a/very/long/address/that/nobody/would/type?with=a&query=too#and-more"


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("x" * 140, 140),
        ("é" * 140, 140),
        ("👩‍👩‍👧‍👦" * 140, 140),
        (f"{'x' * 116} {ADDRESS}", 140),
        (f"{'x' * 123} @ada@elsewhere.example.net {'x' * 11}", 140),
    ],
)
async def test_a_post_of_140_signs_is_taken_and_one_more_refused(
    server: Server, ada: Viewer, text: str, signs: int
) -> None:
    """An address counts 23, of a mention elsewhere only the name, a family of four is one sign."""
    assert (await post(server, ada, text)).text == text
    with pytest.raises(Invalid) as refusal:
        await post(server, ada, text + "!")
    assert (refusal.value.http_status, refusal.value.field, refusal.value.code) == (422, "status", "ERR_TOO_LONG")
    assert "140" in refusal.value.public_text
    assert await server.db.value("SELECT count(*) FROM statuses") == 1


async def test_a_content_warning_counts_too(server: Server, ada: Viewer) -> None:
    await publish_status(server, ada, Draft("x" * 100, spoiler_text="y" * 40))
    with pytest.raises(Invalid):
        await publish_status(server, ada, Draft("x" * 100, spoiler_text="y" * 41))


async def test_an_account_may_have_its_own_number_of_signs(server: Server, ada: Viewer) -> None:
    await set_sign_limit(server, ada.account_id, 500)
    await post(server, ada, "x" * 500)
    with pytest.raises(Invalid):
        await post(server, ada, "x" * 501)
    await set_sign_limit(server, ada.account_id, None)
    with pytest.raises(Invalid):
        await post(server, ada, "x" * 141)


@pytest.mark.parametrize("text", ["", "   ", "\n\t\n", "x" * 30_000])
async def test_nothing_and_far_too_much_are_refused(server: Server, ada: Viewer, text: str) -> None:
    with pytest.raises(Invalid):
        await post(server, ada, text)
    assert await server.db.value("SELECT count(*) FROM statuses") == 0


async def test_an_unknown_visibility_is_refused(server: Server, ada: Viewer) -> None:
    with pytest.raises(Invalid):
        await post(server, ada, "hello", "secret")


async def test_the_account_s_own_choices_fill_what_is_left_open(server: Server, ada: Viewer) -> None:
    await change_profile(
        server, ada, ProfileChange(default_visibility="unlisted", default_sensitive=True, default_language="fr")
    )
    status = await post(server, ada, "bonjour")
    assert (status.visibility, status.is_sensitive, status.language) == ("unlisted", True, "fr")
    open_one = await publish_status(server, ada, Draft("hello", is_sensitive=False, language="en", visibility="public"))
    assert (open_one.visibility, open_one.is_sensitive, open_one.language) == ("public", False, "en")


async def test_mentions_are_found_in_any_case_and_written_once(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await post(server, ada, "@BOB @bob @bob@here.example @nobody @bob@elsewhere.example and @ada")
    mentioned = (await load_mentioned(server.db, [status.id]))[status.id]
    assert sorted(mentioned) == sorted([bob.account_id, ada.account_id])


async def test_hashtags_of_public_posts_only_are_listed(server: Server, ada: Viewer) -> None:
    public = await post(server, ada, "#Café and #CAFE and #other")
    await post(server, ada, "#secret", "unlisted")
    assert hashtags_of(public) == ["cafe", "other"]
    rows = await server.db.rows(
        "SELECT t.name, h.status_id FROM status_hashtags h JOIN hashtags t ON t.id = h.hashtag_id ORDER BY t.name"
    )
    assert [tuple(row) for row in rows] == [("cafe", public.id), ("other", public.id)]


async def test_an_answer_stands_in_its_thread_and_counts(server: Server, ada: Viewer, bob: Viewer) -> None:
    first = await post(server, ada, "a question")
    second = await post(server, bob, "an answer", to=first)
    third = await post(server, ada, "thanks", to=second)
    assert (second.in_reply_to_account_id, second.thread_id) == (ada.account_id, first.id)
    assert (third.in_reply_to_id, third.thread_id) == (second.id, first.id)
    stats = await load_status_stats(server, [first.id, second.id])
    assert (stats[first.id].replies, stats[second.id].replies) == (1, 1)


async def test_what_one_may_not_see_cannot_be_answered(server: Server, ada: Viewer, bob: Viewer) -> None:
    secret = await post(server, ada, "a secret", "direct")
    for asked in (secret.id, 4711):
        with pytest.raises(NotFound):
            await post(server, bob, "what?", to=asked)


async def test_counts_of_the_author_follow(server: Server, clock: FixedClock, ada: Viewer) -> None:
    await post(server, ada, "one")
    clock.move(HOUR)
    await post(server, ada, "two")
    stats = (await load_account_stats(server, [ada.account_id]))[ada.account_id]
    assert (stats.statuses, stats.last_status_at) == (2, clock.now())


async def test_twenty_requests_with_one_key_make_one_post(server: Server, ada: Viewer) -> None:
    made = await asyncio.gather(*(publish_status(server, ada, Draft("hello"), key="k") for _ in range(20)))
    assert len({status.id for status in made}) == 1
    assert await server.db.value("SELECT count(*) FROM statuses") == 1
    assert await visible_status(server, ada, made[0].id) == made[0]


async def test_a_key_is_one_s_own_and_ends_after_an_hour(
    server: Server, clock: FixedClock, ada: Viewer, bob: Viewer
) -> None:
    async def publish(viewer: Viewer, key: str) -> Status:
        return await publish_status(server, viewer, Draft("hello"), key=key)

    first = await publish(ada, "k")
    assert (await publish(ada, "k")).id == first.id
    assert len({(await publish(ada, "other")).id, (await publish(bob, "k")).id, first.id}) == 3
    clock.move(HOUR + 1)
    await forget_old_keys(server)
    assert (await publish(ada, "k")).id != first.id


async def test_a_refused_request_leaves_its_key_free(server: Server, ada: Viewer) -> None:
    with pytest.raises(Invalid):
        await publish_status(server, ada, Draft("x" * 141), key="k")
    assert (await publish_status(server, ada, Draft("shorter"), key="k")).text == "shorter"


async def test_a_new_post_is_at_hand_for_whoever_hears_of_it_and_what_they_do_counts(
    server: Server, ada: Viewer
) -> None:
    memory = server.of(StatusMemory)

    async def listen(server: Server, event: StatusPublished) -> None:
        assert memory.statuses[event.status_id].text == "hello"
        memory.stats.forget(event.status_id)  # As a favourite does.

    server.eventlog.listen(server, {StatusPublished: [listen]})
    status = await post(server, ada, "hello")
    assert status.id not in memory.stats


async def test_a_post_that_could_not_be_written_leaves_nothing_at_hand(server: Server, ada: Viewer) -> None:
    def fail(event: object) -> bytes:
        raise Unavailable

    server.db.encode_event = fail
    with pytest.raises(Unavailable):
        await post(server, ada, "hello")
    assert (server.of(StatusMemory).statuses, server.of(StatusMemory).stats) == ({}, {})


async def test_many_posts_at_once_are_all_kept_and_counted(server: Server, ada: Viewer) -> None:
    writers = [ada, *[await new_viewer(server, f"w{number}") for number in range(4)]]
    root = await post(server, ada, "root")
    texts = ["#one #two", "#two #one", "@ada", "plain"]
    made = await asyncio.gather(
        *(post(server, writers[n % 5], texts[n % 4], to=root if n % 2 else None) for n in range(120))
    )
    assert await server.db.value("SELECT count(*) FROM statuses") == 121
    assert (await load_status_stats(server, [root.id]))[root.id].replies == 60
    stats = await load_account_stats(server, [writer.account_id for writer in writers])
    assert sorted(each.statuses for each in stats.values()) == [24, 24, 24, 24, 25]
    assert made[0] == await visible_status(server, ada, made[0].id)

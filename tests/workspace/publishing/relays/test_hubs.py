"""WebSub: a hub that promises to call is asked again before its promise ends, and believed only when it signs."""

import hmac
from hashlib import sha256
from urllib.parse import parse_qs

import pytest

from mesange.core.accounts.model import Account, Viewer
from mesange.kit.clock import DAY, HOUR, FixedClock
from mesange.kit.errors import Gone, NotFound
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.hubs import answer_hub, hear_hub, renew_leases
from mesange.workspace.publishing.actions.relay_reading import read_due_relays
from mesange.workspace.publishing.actions.relays import add_relay, end_relay
from mesange.workspace.publishing.model.relays import LONGEST_WAIT, FeedRelay
from mesange.workspace.publishing.queries.relays import get_relay
from tests.workspace.publishing.relays.blogs import LATER, Blog, told


@pytest.fixture
async def relay(server: Server, blog: Blog, editor: Viewer, kindy: Account) -> FeedRelay:
    blog.hub = blog.url("/hub")
    blog.answers["/hub"] = told("202 Accepted")
    return await add_relay(server, editor, kindy.id, blog.url(), "{title}")


def asked(blog: Blog) -> dict[str, str]:
    """What the hub was asked last."""
    request = [each for each in blog.asked if b" /hub " in each][-1]
    return {name: values[0] for name, values in parse_qs(request.partition(b"\r\n\r\n")[2].decode()).items()}


async def promise(server: Server, blog: Blog, seconds: int = 864_000) -> str:
    """The hub says yes; the token of our callback."""
    await renew_leases(server)
    form = asked(blog)
    token = form["hub.callback"].removeprefix("https://here.example/websub/")
    assert await answer_hub(server, token, form["hub.mode"], form["hub.topic"], "echo", str(seconds)) == "echo"
    return token


async def test_news_that_a_hub_signs_are_asked_for_at_once(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, relay: FeedRelay
) -> None:
    token = await promise(server, blog)
    clock.move(LATER)
    await read_due_relays(server)
    assert (await get_relay(server.db, editor, relay.id)).wait == LONGEST_WAIT
    secret, body = asked(blog)["hub.secret"], b"<rss/>"
    signature = "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()
    clock.move(HOUR)
    for wrong in ("", "sha256=", "md5=00", signature[:-1] + "x", signature.replace("sha256", "sha1")):
        await hear_hub(server, token, wrong, body)
    await hear_hub(server, token, signature, body + b" ")
    await read_due_relays(server)
    assert blog.times_asked() == 2
    await hear_hub(server, token, signature, body)
    await read_due_relays(server)
    assert blog.times_asked() == 3


async def test_a_promise_is_renewed_before_it_ends(
    server: Server, clock: FixedClock, blog: Blog, relay: FeedRelay
) -> None:
    await promise(server, blog)
    clock.move(8 * DAY)
    await renew_leases(server)
    assert blog.times_asked("/hub") == 1
    clock.move(DAY + HOUR)
    await promise(server, blog)
    assert blog.times_asked("/hub") == 2


async def test_a_hub_that_never_answers_is_left_alone_and_the_feed_is_read_by_the_clock(
    server: Server, clock: FixedClock, blog: Blog, editor: Viewer, relay: FeedRelay
) -> None:
    for _ in range(20):
        await renew_leases(server)
        clock.move(DAY)
    assert blog.times_asked("/hub") == 8
    await read_due_relays(server)
    assert (await get_relay(server.db, editor, relay.id)).wait < LONGEST_WAIT


async def test_nobody_else_subscribes_us_to_anything(
    server: Server, blog: Blog, editor: Viewer, relay: FeedRelay
) -> None:
    token = await promise(server, blog)
    topic = blog.url()
    for mode, wanted, challenge in (
        ("unsubscribe", topic, "x"),
        ("subscribe", "https://other.example/feed", "x"),
        ("subscribe", topic, ""),
    ):
        with pytest.raises(NotFound):
            await answer_hub(server, token, mode, wanted, challenge, "10")
    with pytest.raises(NotFound):
        await answer_hub(server, "guess", "subscribe", topic, "x", "10")
    await end_relay(server, editor, relay.id)
    with pytest.raises(Gone):
        await hear_hub(server, token, "", b"")

"""Push: written with the notification, sent until it arrives, ended with the access it was asked under."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace

import pytest

from mesange.core.accounts.actions.clients import Registration, create_token, register_client, revoke_own_token
from mesange.core.accounts.actions.sessions import end_all_access
from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import find_user, get_account, viewer_by_token
from mesange.core.follows.actions import FollowOptions, follow_account
from mesange.core.notifications.actions.dismissing import clear_notifications
from mesange.core.push.actions.subscriptions import Wishes, change_wishes, subscribe, unsubscribe
from mesange.core.push.model import PATIENCE
from mesange.core.push.queries import get_subscription
from mesange.core.statuses.actions.marks import favourite_status
from mesange.edges.mastodon.pushing import send_due_pushes
from mesange.kit.clock import FixedClock
from mesange.kit.errors import NotFound
from mesange.kit.http import Http
from mesange.kit.server import Server
from mesange.kit.webpush import checked_recipient
from tests.core.people import post
from tests.kit.loopback import LOOPBACK, Loopback
from tests.kit.test_webpush import Phone

Step = Callable[[], Awaitable[None]]


@pytest.fixture
async def phone(server: Server) -> AsyncGenerator[Phone]:
    loopback, phone = Loopback(), Phone()
    await phone.listen(loopback)
    server.http = Http("https://here.example", allowed_addresses=LOOPBACK)
    yield phone
    loopback.close()


async def client_of(server: Server, viewer: Viewer, name: str = "Phone") -> tuple[Viewer, str]:
    """The viewer through a client with a token of its own."""
    user, account = await find_user(server.db, viewer.user_id), await get_account(server, viewer.account_id)
    assert user is not None
    client, _ = await register_client(server, Registration(name, ["urn:ietf:wg:oauth:2.0:oob"], "read push"))
    token = await create_token(server, client, user, account, "read push")
    found = await viewer_by_token(server, token)
    assert found is not None
    return found, token


async def listen(server: Server, viewer: Viewer, phone: Phone, wishes: Wishes, token: str = "token") -> None:
    recipient = checked_recipient(phone.endpoint, phone.p256dh, phone.auth, is_standard=True)
    await subscribe(server, viewer, recipient, wishes, token)


@pytest.fixture
async def ada_s_phone(server: Server, ada: Viewer, phone: Phone) -> Viewer:
    viewer, token = await client_of(server, ada)
    await listen(server, viewer, phone, Wishes(["mention", "favourite"]), token)
    return viewer


async def test_a_mention_arrives_with_what_clients_want_to_know(
    server: Server, bob: Viewer, ada_s_phone: Viewer, phone: Phone, consume: Step
) -> None:
    await post(server, bob, "@ada the nest is full")
    await post(server, bob, "nothing for ada")
    await consume()
    await send_due_pushes(server)
    said = phone.opened()
    assert (said["title"], said["body"]) == ("bob mentioned you", "@ada the nest is full")
    assert (said["notification_type"], said["preferred_locale"]) == ("mention", "en")
    found = await viewer_by_token(server, said["access_token"])
    assert found is not None and found.account_id == ada_s_phone.account_id
    assert said["notification_id"] == await server.db.value("SELECT id FROM notifications")
    await send_due_pushes(server)
    assert len(phone.requests) == 1
    assert await server.db.value("SELECT count(*) FROM push_deliveries") == 0


async def test_the_token_is_not_readable_in_the_database(server: Server, ada: Viewer, phone: Phone) -> None:
    viewer, token = await client_of(server, ada)
    await listen(server, viewer, phone, Wishes(["mention"]), token)
    assert token.encode() not in bytes(await server.db.value("SELECT sealed_token FROM push_subscriptions"))


async def test_only_what_was_asked_for_is_pushed(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, ada_s_phone: Viewer, phone: Phone, consume: Step
) -> None:
    async def pushed_by(viewer: Viewer, policy: str) -> int:
        before = len(phone.requests)
        await change_wishes(server, ada_s_phone, Wishes(["mention"], policy))
        await post(server, viewer, f"@ada {policy}")
        await consume()
        await send_due_pushes(server)
        return len(phone.requests) - before

    await follow_account(server, ada, bob.account_id, FollowOptions())
    await follow_account(server, eve, ada.account_id, FollowOptions())
    assert [await pushed_by(bob, policy) for policy in ("all", "followed", "follower", "none")] == [1, 1, 0, 0]
    assert [await pushed_by(eve, policy) for policy in ("all", "followed", "follower", "none")] == [1, 0, 1, 0]
    status = await post(server, ada, "like me")
    await favourite_status(server, bob, status.id)
    await consume()
    assert await server.db.value("SELECT count(*) FROM push_deliveries") == 0


async def test_a_service_that_is_down_is_tried_again_and_then_given_up(
    server: Server, bob: Viewer, ada_s_phone: Viewer, phone: Phone, consume: Step, clock: FixedClock
) -> None:
    phone.answer = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
    await post(server, bob, "@ada hello")
    await consume()
    for _ in range(2):
        await send_due_pushes(server)
    assert len(phone.requests) == 1
    clock.move(PATIENCE[0])
    phone.answer = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
    await send_due_pushes(server)
    assert len(phone.requests) == 2
    phone.answer = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
    await post(server, bob, "@ada hello again")
    await consume()
    for patience in (*PATIENCE, 0, 0):
        await send_due_pushes(server)
        clock.move(patience)
    assert len(phone.requests) == 2 + len(PATIENCE)
    assert await server.db.value("SELECT count(*) FROM push_deliveries") == 0


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
async def test_where_nobody_listens_any_more_the_subscription_ends(
    server: Server, bob: Viewer, ada_s_phone: Viewer, phone: Phone, consume: Step, status: str
) -> None:
    phone.answer = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()
    await post(server, bob, "@ada one")
    await post(server, bob, "@ada two")
    await consume()
    await send_due_pushes(server)
    with pytest.raises(NotFound):
        await get_subscription(server.db, ada_s_phone)
    assert await server.db.value("SELECT count(*) FROM push_deliveries") == 0
    await post(server, bob, "@ada three")
    await consume()
    assert await server.db.value("SELECT count(*) FROM push_deliveries") == 0


async def test_what_was_dismissed_meanwhile_is_not_pushed(
    server: Server, ada: Viewer, bob: Viewer, ada_s_phone: Viewer, phone: Phone, consume: Step
) -> None:
    await post(server, bob, "@ada never mind")
    await consume()
    await clear_notifications(server, ada)
    await send_due_pushes(server)
    assert phone.requests == []
    assert await server.db.value("SELECT count(*) FROM push_deliveries") == 0


async def test_f5_each_token_has_one_subscription_and_reaches_no_other(
    server: Server, ada: Viewer, bob: Viewer, ada_s_phone: Viewer, phone: Phone
) -> None:
    other, _ = await client_of(server, ada, "Tablet")
    stranger, _ = await client_of(server, bob)
    for viewer in (other, stranger, replace(stranger, token_id=ada_s_phone.token_id)):
        with pytest.raises(NotFound):
            await get_subscription(server.db, viewer)
        with pytest.raises(NotFound):
            await change_wishes(server, viewer, Wishes())
    await unsubscribe(server, stranger)
    await listen(server, ada_s_phone, phone, Wishes(["follow"]))
    assert (await get_subscription(server.db, ada_s_phone)).alerts == "follow"
    assert await server.db.value("SELECT count(*) FROM push_subscriptions") == 1


async def test_e4_revoked_access_is_told_nothing_more(
    server: Server, ada: Viewer, bob: Viewer, phone: Phone, consume: Step
) -> None:
    first, first_token = await client_of(server, ada)
    second, second_token = await client_of(server, ada, "Tablet")
    await listen(server, first, phone, Wishes(["mention"]), first_token)
    await listen(server, second, phone, Wishes(["mention"]), second_token)
    await post(server, bob, "@ada soon")
    await consume()
    await revoke_own_token(server, first, first.token_id)
    await consume()
    assert await server.db.rows("SELECT token_id FROM push_subscriptions") == [(second.token_id,)]
    assert await server.db.value("SELECT count(*) FROM push_deliveries") == 1
    async with server.db.transaction() as tx:
        await end_all_access(tx, ada.user_id)
    await consume()
    await send_due_pushes(server)
    assert phone.requests == []

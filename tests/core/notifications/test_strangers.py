"""What people tell whom an account does not know: told, set apart or left out, as it wants; and whom it lets in."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.follows.actions import FollowOptions, block_account, follow_account
from mesange.core.notifications.actions.strangers import accept_request, dismiss_request, set_policy
from mesange.core.notifications.model import NotificationPolicy, Stranger, Treatment
from mesange.core.notifications.queries import count_requests, count_unread, get_policy, list_requests
from mesange.core.statuses.actions.marks import favourite_status
from mesange.kit.clock import DAY, FixedClock
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.notifications.test_notifications import told
from tests.core.people import post

Consume = Callable[[], Awaitable[None]]
FILTER, DROP, ACCEPT = Treatment.FILTER, Treatment.DROP, Treatment.ACCEPT
FRIEND = Stranger(is_followed=True, follows_long=True)


@pytest.mark.parametrize(
    ("wishes", "stranger", "treatment"),
    [
        ({}, Stranger(), ACCEPT),
        ({}, Stranger(is_limited=True), FILTER),
        ({}, Stranger(is_limited=True, is_followed=True), ACCEPT),
        ({"for_not_following": FILTER}, Stranger(follows_long=True), FILTER),
        ({"for_not_following": FILTER}, FRIEND, ACCEPT),
        ({"for_not_followers": DROP}, Stranger(is_followed=True), DROP),
        ({"for_not_followers": DROP}, FRIEND, ACCEPT),
        ({"for_new_accounts": FILTER}, Stranger(is_new=True), FILTER),
        ({"for_new_accounts": FILTER}, replace(FRIEND, is_new=True), ACCEPT),
        ({"for_private_mentions": FILTER}, Stranger(speaks_unasked=True), FILTER),
        ({"for_private_mentions": FILTER}, Stranger(), ACCEPT),
        ({"for_not_following": FILTER, "for_new_accounts": DROP}, Stranger(is_new=True), DROP),
        ({"for_not_following": DROP, "for_limited_accounts": DROP}, Stranger(is_let_in=True, is_limited=True), ACCEPT),
    ],
)
def test_the_hardest_wish_that_applies_counts(
    wishes: dict[str, Treatment], stranger: Stranger, treatment: Treatment
) -> None:
    assert NotificationPolicy(1, **wishes).treatment_of(stranger) is treatment


async def wish(server: Server, viewer: Viewer, **wishes: Treatment) -> None:
    await set_policy(server, NotificationPolicy(viewer.account_id, **wishes))


async def waiting(server: Server, viewer: Viewer) -> list[tuple[int, int]]:
    return [(each.from_account_id, each.count) for each in await list_requests(server, viewer, Page())]


async def test_what_is_set_apart_disturbs_nobody_until_somebody_is_let_in(
    server: Server, ada: Viewer, bob: Viewer, consume: Consume
) -> None:
    await wish(server, ada, for_not_following=FILTER)
    status = await post(server, ada, "Mine")
    await favourite_status(server, bob, status.id)
    first = await post(server, bob, "Hello @ada")
    await consume()
    assert await told(server, ada) == [] and await count_unread(server.db, ada.account_id) == 0
    assert await waiting(server, ada) == [(bob.account_id, 2)] and await count_requests(server, ada) == (1, 2)
    assert (await list_requests(server, ada, Page()))[0].last_status_id == first.id
    await accept_request(server, ada, bob.account_id)
    assert [kind for kind, _from, _status in await told(server, ada)] == ["favourite", "mention"]
    await post(server, bob, "And again @ada")
    await consume()
    assert len(await told(server, ada)) == 3 and await waiting(server, ada) == []
    with pytest.raises(NotFound):
        await accept_request(server, ada, bob.account_id)


async def test_what_is_put_away_is_gone_and_the_next_waits_anew(
    server: Server, ada: Viewer, bob: Viewer, consume: Consume
) -> None:
    await wish(server, ada, for_not_following=FILTER)
    await post(server, bob, "Hello @ada")
    await consume()
    await dismiss_request(server, ada, bob.account_id)
    assert await waiting(server, ada) == []
    with pytest.raises(NotFound):
        await dismiss_request(server, ada, bob.account_id)
    await post(server, bob, "Are you there, @ada?")
    await consume()
    assert await waiting(server, ada) == [(bob.account_id, 1)] and await told(server, ada) == []
    await block_account(server, ada, bob.account_id)
    assert await waiting(server, ada) == []


async def test_what_is_left_out_is_nowhere(server: Server, ada: Viewer, bob: Viewer, consume: Consume) -> None:
    await wish(server, ada, for_not_following=DROP)
    await post(server, bob, "Hello @ada")
    await consume()
    assert await told(server, ada) == [] and await waiting(server, ada) == []
    await follow_account(server, ada, bob.account_id, FollowOptions())
    await post(server, bob, "Hello friend @ada")
    await consume()
    assert len(await told(server, ada)) == 1


async def test_who_follows_since_three_days_is_no_stranger(
    server: Server, ada: Viewer, bob: Viewer, consume: Consume, clock: FixedClock
) -> None:
    await wish(server, ada, for_not_followers=FILTER)
    await follow_account(server, bob, ada.account_id, FollowOptions())
    await post(server, bob, "Hello @ada")
    await consume()
    assert await waiting(server, ada) == [(bob.account_id, 2)], "the follow itself, and what followed at once"
    clock.move(3 * DAY + 1)
    await post(server, bob, "Still here, @ada")
    await consume()
    assert [kind for kind, _from, _status in await told(server, ada)] == ["mention"]


async def test_a_direct_post_waits_unless_it_answers(
    server: Server, ada: Viewer, bob: Viewer, consume: Consume
) -> None:
    await wish(server, ada, for_private_mentions=FILTER)
    await post(server, bob, "Psst @ada", visibility="direct")
    asked = await post(server, ada, "Write to me, @bob", visibility="direct")
    await post(server, bob, "Here I am @ada", visibility="direct", to=asked.id)
    await post(server, bob, "For all to hear, @ada")
    await consume()
    assert await waiting(server, ada) == [(bob.account_id, 1)]
    assert len(await told(server, ada)) == 2


async def test_a_policy_is_kept_until_it_is_changed(server: Server, ada: Viewer) -> None:
    assert await get_policy(server.db, ada.account_id) == NotificationPolicy(ada.account_id)
    for chosen in (FILTER, DROP):
        await wish(server, ada, for_new_accounts=chosen)
        assert (await get_policy(server.db, ada.account_id)).for_new_accounts is chosen

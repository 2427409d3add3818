"""Notifications in groups: one line for what many did, and what was put away comes back."""

from collections.abc import Awaitable, Callable

from mesange.core.accounts.model import Viewer
from mesange.core.follows.actions import FollowOptions, follow_account, mute_account
from mesange.core.notifications.actions.dismissing import (
    bring_back,
    clear_notifications,
    dismiss_group,
    forget_dismissed,
)
from mesange.core.notifications.model import TOGETHER, UNDO_FOR
from mesange.core.notifications.queries import (
    NotificationFilter,
    get_group,
    list_groups,
    list_in_group,
    list_notifications,
)
from mesange.core.statuses.actions.marks import favourite_status, reblog_status, unfavourite_status
from mesange.kit.clock import FixedClock
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import new_viewer, post

Consume = Callable[[], Awaitable[None]]


async def lines(server: Server, viewer: Viewer, page: Page | None = None) -> list[tuple[str, list[int], int]]:
    """(kind, whom it shows, how many), newest first."""
    found = await list_groups(server, viewer, page or Page())
    return [(str(each.newest.kind), [one.from_account_id for one in each.shown], each.count) for each in found]


async def fans(server: Server, count: int) -> list[Viewer]:
    return [await new_viewer(server, f"fan{number}") for number in range(count)]


async def test_what_many_do_to_one_post_is_one_line(server: Server, ada: Viewer, consume: Consume) -> None:
    first, second = await post(server, ada, "one"), await post(server, ada, "two")
    some = await fans(server, 10)
    for fan in some:
        await favourite_status(server, fan, first.id)
    await reblog_status(server, some[0], first.id)
    await favourite_status(server, some[0], second.id)
    await follow_account(server, some[1], ada.account_id, FollowOptions())
    await follow_account(server, some[2], ada.account_id, FollowOptions())
    answer = await post(server, some[3], "@ada hello")
    await consume()

    ids = [fan.account_id for fan in some]
    assert await lines(server, ada) == [
        ("mention", [ids[3]], 1),
        ("follow", [ids[2], ids[1]], 2),
        ("favourite", [ids[0]], 1),
        ("reblog", [ids[0]], 1),
        ("favourite", ids[:1:-1], 10),
    ]
    groups = await list_groups(server, ada, Page())
    assert groups[0].newest.status_id == answer.id
    whole = await list_in_group(server, ada, groups[-1].key, Page(40))
    assert [each.from_account_id for each in whole] == ids[::-1]
    assert groups[-1].oldest_id == whole[-1].id
    assert (await get_group(server, ada, groups[-1].key)).count == 10


async def test_a_line_stands_once_where_its_newest_is_whichever_way_one_pages(
    server: Server, ada: Viewer, consume: Consume
) -> None:
    posts = [await post(server, ada, f"post {number}") for number in range(3)]
    some = await fans(server, 3)
    for fan in some:
        for status in posts:
            await favourite_status(server, fan, status.id)
    await consume()
    whole = await list_groups(server, ada, Page())
    assert [each.newest.status_id for each in whole] == [status.id for status in reversed(posts)]
    older = await list_groups(server, ada, Page(2, below=whole[0].newest.id))
    assert [each.key for each in older] == [each.key for each in whole[1:]]
    newer = await list_groups(server, ada, Page(2, above=whole[2].newest.id, forwards=True))
    assert [each.key for each in newer] == [each.key for each in whole[:2]]


async def test_a_line_closes_after_half_a_day(
    server: Server, clock: FixedClock, ada: Viewer, bob: Viewer, eve: Viewer, consume: Consume
) -> None:
    status = await post(server, ada, "hello")
    await favourite_status(server, bob, status.id)
    await consume()
    clock.move(TOGETHER)
    await favourite_status(server, eve, status.id)
    await consume()
    assert await lines(server, ada) == [("favourite", [eve.account_id], 1), ("favourite", [bob.account_id], 1)]


async def test_who_is_hidden_or_took_it_back_is_in_no_line(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, consume: Consume
) -> None:
    status = await post(server, ada, "hello")
    for fan in (bob, eve):
        await favourite_status(server, fan, status.id)
    await consume()
    await mute_account(server, ada, eve.account_id)
    assert await lines(server, ada) == [("favourite", [bob.account_id], 1)]
    await unfavourite_status(server, bob, status.id)
    await consume()
    assert await lines(server, ada) == []


async def test_one_kind_alone_is_asked_for(server: Server, ada: Viewer, bob: Viewer, consume: Consume) -> None:
    status = await post(server, ada, "hello")
    await favourite_status(server, bob, status.id)
    await reblog_status(server, bob, status.id)
    await consume()
    found = await list_groups(server, ada, Page(), NotificationFilter(kinds=["reblog"]))
    assert [str(each.newest.kind) for each in found] == ["reblog"]


async def test_what_is_put_away_comes_back_for_a_while(
    server: Server, clock: FixedClock, ada: Viewer, bob: Viewer, eve: Viewer, consume: Consume
) -> None:
    status = await post(server, ada, "hello")
    for fan in (bob, eve):
        await favourite_status(server, fan, status.id)
    await reblog_status(server, bob, status.id)
    await consume()
    before = await list_notifications(server, ada, Page(), NotificationFilter())
    moment = await dismiss_group(server, ada, before[-1].group_key)
    assert await lines(server, ada) == [("reblog", [bob.account_id], 1)]
    await bring_back(server, bob, moment)
    assert len(await lines(server, ada)) == 1
    await bring_back(server, ada, moment)
    assert await list_notifications(server, ada, Page(), NotificationFilter()) == before
    clock.move(1)
    moment = await clear_notifications(server, ada)
    await bring_back(server, ada, moment)
    assert await list_notifications(server, ada, Page(), NotificationFilter()) == before
    moment = await clear_notifications(server, ada)
    clock.move(UNDO_FOR + 1)
    await forget_dismissed(server)
    await bring_back(server, ada, moment)
    assert await lines(server, ada) == []

"""Notifications: each kind, told once, not to who would not hear it, taken back with its cause."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from mesange.core.accounts.actions.markers import move_marker
from mesange.core.accounts.actions.users import create_user, hear_sign_ups
from mesange.core.accounts.model import UserRole, Viewer
from mesange.core.accounts.model.sign_ups import SignUp
from mesange.core.follows.actions import (
    FollowOptions,
    accept_follow_request,
    block_account,
    follow_account,
    mute_account,
    reject_follow_request,
    unfollow_account,
    unmute_account,
)
from mesange.core.moderation.actions.reports import file_report
from mesange.core.moderation.model import ReportDraft
from mesange.core.notifications.actions.dismissing import clear_notifications, dismiss_notification
from mesange.core.notifications.model import NotificationKind
from mesange.core.notifications.queries import (
    NotificationFilter,
    count_unread,
    get_notification,
    list_notifications,
)
from mesange.core.statuses.actions.delete import delete_status, unreblog_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.marks import favourite_status, mute_thread, reblog_status, unfavourite_status
from mesange.events.accounts import SignUpAwaited, SignUpTurnedDown, UserConfirmed
from mesange.kit.clock import FixedClock
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import new_viewer, post

Consume = Callable[[], Awaitable[None]]
ALL = NotificationFilter()


async def told(server: Server, viewer: Viewer, only: NotificationFilter = ALL) -> list[tuple[str, int, int | None]]:
    """(kind, from, status), oldest first."""
    found = await list_notifications(server, viewer, Page(40), only)
    return [(str(each.kind), each.from_account_id, each.status_id) for each in found][::-1]


async def test_each_kind_is_told_to_whom_it_concerns(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, consume: Consume
) -> None:
    await follow_account(server, bob, ada.account_id, FollowOptions())
    await follow_account(server, eve, ada.account_id, FollowOptions(notifies=True))
    status = await post(server, ada, "hello @bob")
    await favourite_status(server, bob, status.id)
    await reblog_status(server, bob, status.id)
    answer = await post(server, bob, "@ada hi", to=status)
    await edit_status(server, ada, status.id, Correction(text="hello @bob and @eve"))
    await consume()

    assert await told(server, ada) == [
        ("follow", bob.account_id, None),
        ("follow", eve.account_id, None),
        ("favourite", bob.account_id, status.id),
        ("reblog", bob.account_id, status.id),
        ("mention", bob.account_id, answer.id),
    ]
    assert await told(server, bob) == [("mention", ada.account_id, status.id), ("update", ada.account_id, status.id)]
    assert await told(server, eve) == [("status", ada.account_id, status.id), ("mention", ada.account_id, status.id)]


async def test_a_request_to_follow_is_told_and_becomes_a_follow(server: Server, ada: Viewer, consume: Consume) -> None:
    shy = await new_viewer(server, "shy", is_locked=True)
    await follow_account(server, ada, shy.account_id, FollowOptions())
    await consume()
    assert await told(server, shy) == [("follow_request", ada.account_id, None)]
    await accept_follow_request(server, shy, ada.account_id)
    await consume()
    assert await told(server, shy) == [("follow", ada.account_id, None)]


async def test_what_was_undone_is_taken_back(server: Server, ada: Viewer, bob: Viewer, consume: Consume) -> None:
    shy = await new_viewer(server, "shy", is_locked=True)
    status = await post(server, ada, "hello")
    await follow_account(server, bob, ada.account_id, FollowOptions())
    await follow_account(server, bob, shy.account_id, FollowOptions())
    await favourite_status(server, bob, status.id)
    await reblog_status(server, bob, status.id)
    await consume()
    assert (len(await told(server, ada)), len(await told(server, shy))) == (3, 1)
    await unfollow_account(server, bob, ada.account_id)
    await reject_follow_request(server, shy, bob.account_id)
    await unfavourite_status(server, bob, status.id)
    await unreblog_status(server, bob, status.id)
    await consume()
    assert (await told(server, ada), await told(server, shy)) == ([], [])


async def test_a_deleted_post_takes_its_notifications_along(
    server: Server, ada: Viewer, bob: Viewer, consume: Consume
) -> None:
    status = await post(server, ada, "@bob hello")
    await favourite_status(server, bob, status.id)
    await consume()
    await delete_status(server, ada, status.id)
    await consume()
    assert (await told(server, ada), await told(server, bob)) == ([], [])


async def test_what_is_done_undone_and_done_again_before_anyone_looks_is_told_once(
    server: Server, ada: Viewer, bob: Viewer, consume: Consume
) -> None:
    status = await post(server, ada, "hello")
    for _ in range(3):
        await favourite_status(server, bob, status.id)
        await unfavourite_status(server, bob, status.id)
        await favourite_status(server, bob, status.id)
        await consume()
    assert await told(server, ada) == [("favourite", bob.account_id, status.id)]


async def test_nobody_is_told_of_oneself(server: Server, ada: Viewer, consume: Consume) -> None:
    status = await post(server, ada, "@ada hello")
    await favourite_status(server, ada, status.id)
    await reblog_status(server, ada, status.id)
    await consume()
    assert await told(server, ada) == []


@pytest.mark.parametrize("blocker", ["ada", "bob"])
async def test_across_a_block_nothing_is_told(
    server: Server, ada: Viewer, bob: Viewer, consume: Consume, blocker: str
) -> None:
    before = await post(server, bob, "@ada before")
    await consume()
    assert await told(server, ada) == [("mention", bob.account_id, before.id)]
    one, other = (ada, bob) if blocker == "ada" else (bob, ada)
    await block_account(server, one, other.account_id)
    await post(server, bob, "@ada after")
    await consume()
    assert await told(server, ada) == []


async def test_a_mute_hides_its_notifications_or_only_the_posts(
    server: Server, clock: FixedClock, ada: Viewer, bob: Viewer, consume: Consume
) -> None:
    await mute_account(server, ada, bob.account_id)
    await post(server, bob, "@ada one")
    await consume()
    await unmute_account(server, ada, bob.account_id)
    assert await told(server, ada) == [], "never told"
    await mute_account(server, ada, bob.account_id, hides_notifications=False)
    two = await post(server, bob, "@ada two")
    await consume()
    assert await told(server, ada) == [("mention", bob.account_id, two.id)]
    await mute_account(server, ada, bob.account_id, duration=60)
    assert await told(server, ada) == []
    clock.move(60_000)
    three = await post(server, bob, "@ada three")
    await consume()
    await unmute_account(server, ada, bob.account_id)
    assert await told(server, ada) == [("mention", bob.account_id, two.id), ("mention", bob.account_id, three.id)]


async def test_a_muted_thread_is_silent_from_any_of_its_posts(
    server: Server, ada: Viewer, bob: Viewer, consume: Consume
) -> None:
    root = await post(server, ada, "root")
    answer = await post(server, bob, "an answer", to=root)
    await mute_thread(server, ada, answer.id)
    await post(server, bob, "@ada deep", to=answer)
    await favourite_status(server, bob, root.id)
    elsewhere = await post(server, bob, "@ada elsewhere")
    await consume()
    assert await told(server, ada) == [("mention", bob.account_id, elsewhere.id)]


async def test_who_asks_for_each_post_is_told_of_posts_but_not_of_answers_to_others_or_whispers(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, consume: Consume
) -> None:
    await follow_account(server, eve, ada.account_id, FollowOptions(notifies=True))
    question = await post(server, bob, "question")
    first = await post(server, ada, "news")
    more = await post(server, ada, "more", to=first)
    await post(server, ada, "an answer", to=question)
    await post(server, ada, "@bob whisper", "direct")
    await consume()
    assert await told(server, eve) == [("status", ada.account_id, first.id), ("status", ada.account_id, more.id)]


async def test_lists_are_filtered_paged_counted_and_cleared(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, consume: Consume
) -> None:
    status = await post(server, ada, "hello")
    for viewer in (bob, eve):
        await post(server, viewer, "@ada hi")
        await favourite_status(server, viewer, status.id)
    await consume()
    assert {kind for kind, _, _ in await told(server, ada, NotificationFilter(kinds=["mention"]))} == {"mention"}
    assert len(await told(server, ada, NotificationFilter(excluded_kinds=["mention", "follow"]))) == 2
    assert {who for _, who, _ in await told(server, ada, NotificationFilter(from_account_id=eve.account_id))} == {
        eve.account_id
    }
    newest, *others = await list_notifications(server, ada, Page(), ALL)
    assert await list_notifications(server, ada, Page(2, below=newest.id), ALL) == others[:2]
    assert await list_notifications(server, ada, Page(1, above=others[-1].id, forwards=True), ALL) == [others[-2]]
    assert (await count_unread(server.db, ada.account_id), await count_unread(server.db, ada.account_id, 2)) == (4, 2)
    await move_marker(server, ada, "notifications", others[0].id)
    assert await count_unread(server.db, ada.account_id) == 1

    with pytest.raises(NotFound):
        await dismiss_notification(server, bob, newest.id)
    await dismiss_notification(server, ada, newest.id)
    with pytest.raises(NotFound):
        await get_notification(server.db, ada, newest.id)
    await clear_notifications(server, ada)
    assert await told(server, ada) == []


async def new_staff(server: Server, name: str, role: UserRole = UserRole.MODERATOR) -> Viewer:
    user, account = await create_user(server, SignUp(name, f"{name}@example.com", "a quiet sentence"), role)
    return Viewer(account_id=account.id, user_id=user.id, role=role)


async def test_staff_is_told_of_a_report_whomever_they_hide_and_nobody_else_is(
    server: Server, ada: Viewer, bob: Viewer, consume: Consume
) -> None:
    mo, rosa = await new_staff(server, "mo"), await new_staff(server, "rosa", UserRole.OWNER)
    await block_account(server, mo, bob.account_id)
    report = await file_report(server, bob, ReportDraft(ada.account_id, [], "Too loud"))
    await file_report(server, rosa, ReportDraft(ada.account_id, [], "Too loud"))
    await consume()
    (found,) = await list_notifications(server, mo, Page(40), NotificationFilter(from_account_id=bob.account_id))
    assert (found.kind, found.report_id) == (NotificationKind.REPORT, report.id)
    assert await told(server, rosa) == [("admin.report", bob.account_id, None)]
    assert await told(server, ada) == await told(server, bob) == []
    assert await told(server, replace(mo, role=UserRole.USER)) == []


async def test_staff_hears_of_newcomers_once_and_only_who_wants_to(server: Server, consume: Consume) -> None:
    mo, rosa = await new_staff(server, "mo"), await new_staff(server, "rosa")
    await hear_sign_ups(server, mo.user_id, wants=True)
    user, account = await create_user(server, SignUp("new", "new@example.com", "a quiet sentence"), is_confirmed=False)
    async with server.db.transaction() as tx:
        tx.emit(SignUpAwaited(user_id=user.id, account_id=account.id))
        tx.emit(UserConfirmed(user_id=user.id))
    await consume()
    assert await told(server, mo) == [("admin.sign_up", account.id, None)]
    assert await told(server, rosa) == []
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM accounts WHERE id = ?", account.id)
        tx.emit(SignUpTurnedDown(user_id=user.id))
    await consume()
    assert await count_unread(server.db, mo.account_id) == 0

"""Turns what happened into notifications. A durable consumer: each event has its effect once."""

from mesange.core.follows.queries import list_notified_followers
from mesange.core.notifications.actions.telling import forget_newcomers, notify, notify_all, notify_staff, take_back
from mesange.core.notifications.model import NotificationKind
from mesange.core.statuses.queries import list_voters
from mesange.core.statuses.tables import statuses
from mesange.events.accounts import SignUpAwaited, SignUpTurnedDown, UserConfirmed
from mesange.events.follows import (
    AccountBlocked,
    AccountFollowed,
    AccountUnfollowed,
    FollowRequested,
    FollowRequestRejected,
)
from mesange.events.moderation import ReportFiled
from mesange.events.statuses import (
    PollEnded,
    StatusDeleted,
    StatusEdited,
    StatusFavourited,
    StatusPublished,
    StatusReblogged,
    StatusUnfavourited,
)
from mesange.kit.consumers import Consumer
from mesange.kit.db import Transaction
from mesange.kit.server import Server


async def on_status_published(server: Server, tx: Transaction, event: StatusPublished) -> None:
    for account_id in event.mentioned_ids:
        await notify(server, tx, account_id, NotificationKind.MENTION, event.account_id, event.status_id)
    is_answer = event.in_reply_to_account_id not in (None, event.account_id)
    if event.visibility != "direct" and not is_answer:
        for follower in await list_notified_followers(server, event.account_id):
            if follower not in event.mentioned_ids:
                await notify(server, tx, follower, NotificationKind.STATUS, event.account_id, event.status_id)


async def on_status_reblogged(server: Server, tx: Transaction, event: StatusReblogged) -> None:
    await notify(server, tx, event.author_id, NotificationKind.REBLOG, event.account_id, event.reblog_of_id)


async def on_status_edited(server: Server, tx: Transaction, event: StatusEdited) -> None:
    for account_id in event.newly_mentioned_ids:
        await notify(server, tx, account_id, NotificationKind.MENTION, event.account_id, event.status_id)
    boosters = await tx.rows("SELECT account_id FROM statuses WHERE reblog_of_id = ?", event.status_id)
    for (account_id,) in boosters:
        await notify(server, tx, account_id, NotificationKind.UPDATE, event.account_id, event.status_id)


async def on_status_deleted(server: Server, tx: Transaction, event: StatusDeleted) -> None:
    if event.reblog_of_id:
        author = await tx.row(f"SELECT {statuses.columns} FROM statuses WHERE id = ?", event.reblog_of_id)
        if author:
            original = statuses.load(author)
            await take_back(tx, original.account_id, NotificationKind.REBLOG, event.account_id, original.id)
    else:
        await tx.execute("DELETE FROM notifications WHERE status_id = ?", event.status_id)


async def on_status_favourited(server: Server, tx: Transaction, event: StatusFavourited) -> None:
    await notify(server, tx, event.author_id, NotificationKind.FAVOURITE, event.account_id, event.status_id)


async def on_status_unfavourited(server: Server, tx: Transaction, event: StatusUnfavourited) -> None:
    await take_back(tx, event.author_id, NotificationKind.FAVOURITE, event.account_id, event.status_id)


async def on_poll_ended(server: Server, tx: Transaction, event: PollEnded) -> None:
    """The author and everyone who voted."""
    told = [event.account_id, *await list_voters(tx, event.status_id)]
    await notify_all(server, tx, told, NotificationKind.POLL, event.account_id, event.status_id)


async def on_account_followed(server: Server, tx: Transaction, event: AccountFollowed) -> None:
    await take_back(tx, event.target_id, NotificationKind.FOLLOW_REQUEST, event.account_id)
    await notify(server, tx, event.target_id, NotificationKind.FOLLOW, event.account_id)


async def on_account_unfollowed(server: Server, tx: Transaction, event: AccountUnfollowed) -> None:
    await take_back(tx, event.target_id, NotificationKind.FOLLOW, event.account_id)


async def on_follow_requested(server: Server, tx: Transaction, event: FollowRequested) -> None:
    await notify(server, tx, event.target_id, NotificationKind.FOLLOW_REQUEST, event.account_id)


async def on_follow_request_rejected(server: Server, tx: Transaction, event: FollowRequestRejected) -> None:
    await take_back(tx, event.target_id, NotificationKind.FOLLOW_REQUEST, event.account_id)


async def on_account_blocked(server: Server, tx: Transaction, event: AccountBlocked) -> None:
    await tx.execute(
        "DELETE FROM notifications WHERE account_id = ? AND from_account_id = ?", event.account_id, event.target_id
    )


async def on_report_filed(server: Server, tx: Transaction, event: ReportFiled) -> None:
    await notify_staff(server, tx, NotificationKind.REPORT, event.account_id, event.report_id)


async def on_sign_up_awaited(server: Server, tx: Transaction, event: SignUpAwaited) -> None:
    await notify_staff(server, tx, NotificationKind.SIGN_UP, event.account_id)


async def on_user_confirmed(server: Server, tx: Transaction, event: UserConfirmed) -> None:
    account_id = await tx.value("SELECT min(id) FROM accounts WHERE user_id = ?", event.user_id)
    if account_id:
        await notify_staff(server, tx, NotificationKind.SIGN_UP, account_id)


async def on_sign_up_turned_down(server: Server, tx: Transaction, event: SignUpTurnedDown) -> None:
    await forget_newcomers(tx)


CONSUMER = Consumer(
    "notifications",
    {
        StatusPublished: [on_status_published],
        StatusReblogged: [on_status_reblogged],
        StatusEdited: [on_status_edited],
        StatusDeleted: [on_status_deleted],
        StatusFavourited: [on_status_favourited],
        StatusUnfavourited: [on_status_unfavourited],
        PollEnded: [on_poll_ended],
        AccountFollowed: [on_account_followed],
        AccountUnfollowed: [on_account_unfollowed],
        FollowRequested: [on_follow_requested],
        FollowRequestRejected: [on_follow_request_rejected],
        AccountBlocked: [on_account_blocked],
        ReportFiled: [on_report_filed],
        SignUpAwaited: [on_sign_up_awaited],
        UserConfirmed: [on_user_confirmed],
        SignUpTurnedDown: [on_sign_up_turned_down],
    },
)

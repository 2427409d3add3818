"""Keeps the memory of statuses true."""

from mesange.core.accounts.memory import AccountMemory
from mesange.core.statuses.memory import StatusMemory
from mesange.events.cards import StatusCardChanged
from mesange.events.statuses import (
    PollEnded,
    StatusBookmarked,
    StatusDeleted,
    StatusEdited,
    StatusesImported,
    StatusFavourited,
    StatusMarkedSensitive,
    StatusPinned,
    StatusPublished,
    StatusReblogged,
    StatusUnbookmarked,
    StatusUnfavourited,
    StatusUnpinned,
    ThreadMuted,
    ThreadUnmuted,
    VoteCast,
)
from mesange.kit.server import Server


async def on_status_published(server: Server, event: StatusPublished) -> None:
    server.of(AccountMemory).stats.forget(event.account_id)
    if event.in_reply_to_id:
        server.of(StatusMemory).stats.forget(event.in_reply_to_id)


async def on_status_reblogged(server: Server, event: StatusReblogged) -> None:
    memory = server.of(StatusMemory)
    memory.stats.forget(event.reblog_of_id)
    memory.marks.forget(event.account_id)
    server.of(AccountMemory).stats.forget(event.account_id)


async def on_status_changed(server: Server, event: StatusEdited | StatusCardChanged | StatusMarkedSensitive) -> None:
    server.of(StatusMemory).statuses.forget(event.status_id)
    server.of(StatusMemory).polls.forget(event.status_id)


async def on_poll_changed(server: Server, event: VoteCast | PollEnded) -> None:
    server.of(StatusMemory).polls.forget(event.status_id)


async def on_status_deleted(server: Server, event: StatusDeleted) -> None:
    memory = server.of(StatusMemory)
    memory.statuses.forget(event.status_id)
    memory.polls.forget(event.status_id)
    server.of(AccountMemory).stats.forget(event.account_id)
    for touched in (event.reblog_of_id, event.in_reply_to_id):
        if touched:
            memory.stats.forget(touched)
    memory.marks.forget(event.account_id)


async def on_favourites_changed(server: Server, event: StatusFavourited | StatusUnfavourited) -> None:
    memory = server.of(StatusMemory)
    memory.stats.forget(event.status_id)
    memory.marks.forget(event.account_id)


async def on_marked(
    server: Server, event: StatusBookmarked | StatusUnbookmarked | StatusPinned | StatusUnpinned
) -> None:
    server.of(StatusMemory).marks.forget(event.account_id)


async def on_thread_mute_changed(server: Server, event: ThreadMuted | ThreadUnmuted) -> None:
    server.of(StatusMemory).marks.forget(event.account_id)


async def on_statuses_imported(server: Server, event: StatusesImported) -> None:
    server.of(AccountMemory).stats.forget(event.account_id)


LISTENERS = {
    StatusPublished: [on_status_published],
    StatusReblogged: [on_status_reblogged],
    StatusEdited: [on_status_changed],
    StatusCardChanged: [on_status_changed],
    StatusMarkedSensitive: [on_status_changed],
    StatusDeleted: [on_status_deleted],
    StatusFavourited: [on_favourites_changed],
    StatusUnfavourited: [on_favourites_changed],
    StatusBookmarked: [on_marked],
    StatusUnbookmarked: [on_marked],
    StatusPinned: [on_marked],
    StatusUnpinned: [on_marked],
    ThreadMuted: [on_thread_mute_changed],
    ThreadUnmuted: [on_thread_mute_changed],
    VoteCast: [on_poll_changed],
    PollEnded: [on_poll_changed],
    StatusesImported: [on_statuses_imported],
}

"""Tells the open pages what is new: ids and numbers, when somebody listens."""

from collections.abc import Iterable

import msgspec

from mesange.core.conversations.queries import count_unread_conversations
from mesange.core.filters.model import FilterContext
from mesange.core.filters.queries import without_hidden
from mesange.core.notifications.model import NotificationKind
from mesange.core.notifications.queries import count_unread, find_notification
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import find_status, hashtags_of, load_status_stats
from mesange.core.timelines.queries import is_in_public, list_home_readers
from mesange.edges.pages.channels import (
    author_channel,
    home_channel,
    marks_channel,
    notice_channel,
    person_channel,
    status_channel,
    tag_channel,
)
from mesange.edges.pages.live import asking, news
from mesange.edges.pages.open_lists import PageLists
from mesange.edges.pages.open_searches import OpenSearches
from mesange.events.accounts import MarkerMoved, MembershipChanged
from mesange.events.cards import StatusCardChanged
from mesange.events.conversations import ConversationChanged, ConversationDeleted, ConversationRead
from mesange.events.emojis import EmojisChanged
from mesange.events.notifications import (
    NotificationCreated,
    NotificationRequestAccepted,
    NotificationsBroughtBack,
    NotificationsDismissed,
)
from mesange.events.statuses import (
    PollEnded,
    StatusBookmarked,
    StatusDeleted,
    StatusEdited,
    StatusFavourited,
    StatusPublished,
    StatusReblogged,
    StatusUnfavourited,
    VoteCast,
)
from mesange.front.heads import Heads
from mesange.kit.live import Message
from mesange.kit.server import Server


async def on_status_published(server: Server, event: StatusPublished | StatusReblogged) -> None:
    if server.live.is_idle:
        return
    status = await find_status(server, event.status_id)
    if status is None:
        return
    message = news(status.id)
    for channel in await _channels_of(server, status):
        server.live.push(channel, message)
    if isinstance(event, StatusPublished):
        for channel in await server.of(OpenSearches).channels_for(server, status, event.mentioned_ids):
            server.live.push(channel, asking(status.id))
    for touched in (status.in_reply_to_id, status.reblog_of_id):
        if touched:
            await _tell_counts(server, touched)


async def _channels_of(server: Server, status: Status) -> list[str]:
    readers = await list_home_readers(server, status, lambda id: server.live.has_listeners(home_channel(id)))
    home = FilterContext.HOME
    channels = [home_channel(id) for id in readers if await without_hidden(server, id, [status.id], home)]
    if await is_in_public(server, status):
        if status.in_reply_to_account_id in (None, status.account_id) and status.uri is None:
            channels.append("page:local")
        channels += [tag_channel(name) for name in hashtags_of(status)]
    if status.visibility.is_open and status.in_reply_to_account_id in (None, status.account_id):
        channels.append(author_channel(status.account_id))
    return channels + await server.of(PageLists).channels_showing(server, status)


async def on_status_edited(server: Server, event: StatusEdited | StatusCardChanged) -> None:
    server.of(Heads).renew(event.status_id)
    _push(server, [event.status_id], "edit", event.status_id)


async def on_status_deleted(server: Server, event: StatusDeleted) -> None:
    _push(server, [event.status_id], "gone", event.status_id)
    for touched in (event.in_reply_to_id, event.reblog_of_id):
        if touched:
            await _tell_counts(server, touched)


def _push(server: Server, statuses: Iterable[int], kind: str, id: int) -> None:
    for status_id in statuses:
        server.live.push(status_channel(status_id), Message(kind, msgspec.json.encode({"id": str(id)})))


async def on_poll_changed(server: Server, event: VoteCast | PollEnded) -> None:
    _push(server, [event.status_id], "poll", event.status_id)


async def on_favourites_changed(server: Server, event: StatusFavourited | StatusUnfavourited) -> None:
    await _tell_counts(server, event.status_id)


async def on_status_marked(server: Server, event: StatusFavourited | StatusBookmarked) -> None:
    kind = "favourites" if isinstance(event, StatusFavourited) else "bookmarks"
    server.live.push(marks_channel(event.account_id, kind), asking())


async def _tell_counts(server: Server, status_id: int) -> None:
    """The counts of one post, to the pages that show it: they asked for a post they may see."""
    if not server.live.has_listeners(status_channel(status_id)):
        return
    stats = (await load_status_stats(server, [status_id]))[status_id]
    counts = {"replies": stats.replies, "boost": stats.reblogs, "favourite": stats.favourites}
    message = Message("counts", msgspec.json.encode({"id": str(status_id), **counts}))
    server.live.push(status_channel(status_id), message)


async def on_notifications_changed(
    server: Server,
    event: NotificationCreated
    | NotificationsDismissed
    | NotificationsBroughtBack
    | NotificationRequestAccepted
    | MarkerMoved,
) -> None:
    channel = person_channel(event.account_id)
    if server.live.has_listeners(channel):
        unread = await count_unread(server.db, event.account_id)
        server.live.push(channel, Message("unread", b"%d" % unread))


async def on_notification_created(server: Server, event: NotificationCreated) -> None:
    """New ones for pages and columns that show them."""
    message = news(event.notification_id)
    server.live.push(notice_channel(event.account_id), message)
    if any(server.live.has_listeners(notice_channel(event.account_id, kind)) for kind in NotificationKind):
        found = await find_notification(server.db, event.account_id, event.notification_id)
        if found:
            server.live.push(notice_channel(event.account_id, found.kind), message)


async def on_membership_changed(server: Server, event: MembershipChanged) -> None:
    """Who may read less from now on comes back, and is asked as whom."""
    server.live.close(f"login:{event.user_id}")


async def on_conversations_changed(
    server: Server, event: ConversationChanged | ConversationRead | ConversationDeleted
) -> None:
    channel = person_channel(event.account_id)
    if server.live.has_listeners(channel):
        unread = await count_unread_conversations(server, event.account_id)
        server.live.push(channel, Message("messages", b"%d" % unread))


async def on_emojis_changed(server: Server, event: EmojisChanged) -> None:
    server.of(Heads).renew_all()


LISTENERS = {
    StatusPublished: [on_status_published],
    StatusReblogged: [on_status_published],
    StatusEdited: [on_status_edited],
    StatusCardChanged: [on_status_edited],
    StatusDeleted: [on_status_deleted],
    StatusFavourited: [on_favourites_changed, on_status_marked],
    StatusBookmarked: [on_status_marked],
    StatusUnfavourited: [on_favourites_changed],
    VoteCast: [on_poll_changed],
    PollEnded: [on_poll_changed],
    ConversationChanged: [on_conversations_changed],
    ConversationRead: [on_conversations_changed],
    ConversationDeleted: [on_conversations_changed],
    EmojisChanged: [on_emojis_changed],
    MembershipChanged: [on_membership_changed],
    NotificationCreated: [on_notifications_changed, on_notification_created],
    NotificationsDismissed: [on_notifications_changed],
    NotificationsBroughtBack: [on_notifications_changed],
    NotificationRequestAccepted: [on_notifications_changed],
    MarkerMoved: [on_notifications_changed],
}

"""Keeps the bytes true and pushes what happens to the open streams."""

from collections.abc import Iterable

from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.announcements.model import Reaction
from mesange.core.announcements.queries import get_announcement
from mesange.core.conversations.queries import find_conversation
from mesange.core.emojis.queries import known_emojis
from mesange.core.filters.queries import active_filters
from mesange.core.follows.queries import followers_of
from mesange.core.lists.queries import followers_of_hashtags
from mesange.core.notifications.queries import get_notification
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import find_status, hashtags_of
from mesange.core.timelines.queries import is_in_public, list_home_readers
from mesange.edges.mastodon.entities.account import AccountHeads
from mesange.edges.mastodon.entities.announcement import announcement_list, reaction_entity
from mesange.edges.mastodon.entities.conversation import conversation_list
from mesange.edges.mastodon.entities.notification import notification_list
from mesange.edges.mastodon.entities.status import StatusHeads, status_bytes
from mesange.edges.mastodon.open_lists import StreamedLists
from mesange.edges.mastodon.tailored import own_channel, reseat, viewers_apart
from mesange.events.accounts import AccountUpdated
from mesange.events.announcements import AnnouncementPublished, AnnouncementReacted, AnnouncementRemoved
from mesange.events.cards import StatusCardChanged
from mesange.events.conversations import ConversationChanged
from mesange.events.emojis import EmojisChanged
from mesange.events.filters import FiltersChanged
from mesange.events.notifications import NotificationCreated
from mesange.events.statuses import (
    StatusDeleted,
    StatusEdited,
    StatusMarkedSensitive,
    StatusPublished,
    StatusReblogged,
)
from mesange.kit.live import Message
from mesange.kit.server import Server
from mesange.kit.web.response import encode_json


async def on_account_updated(server: Server, event: AccountUpdated) -> None:
    server.of(AccountHeads).forget(event.account_id)


async def on_status_published(server: Server, event: StatusPublished) -> None:
    await _push_status(server, event.status_id, "update")


async def on_status_reblogged(server: Server, event: StatusReblogged) -> None:
    await _push_status(server, event.status_id, "update")


async def on_status_changed(server: Server, event: StatusEdited | StatusCardChanged) -> None:
    server.of(StatusHeads).kept.drop(event.status_id)
    await _push_status(server, event.status_id, "status.update")


async def on_status_marked_sensitive(server: Server, event: StatusMarkedSensitive) -> None:
    server.of(StatusHeads).kept.drop(event.status_id)


async def on_status_deleted(server: Server, event: StatusDeleted) -> None:
    server.of(StatusHeads).kept.drop(event.status_id)
    if not server.live.is_idle:
        message = Message("delete", str(event.status_id).encode())
        readers = [follower for follower, _ in await followers_of(server, event.account_id)]
        readers += await followers_of_hashtags(server, event.hashtags)
        channels = [f"user:{reader}" for reader in (event.account_id, *readers, *event.mentioned_ids)]
        channels += await server.of(StreamedLists).channels_holding(server, event.account_id, event.hashtags)
        if event.visibility == "public" and not event.reblog_of_id:
            channels += ["public", "public:local"]
            channels += [f"{kind}:{name}" for name in event.hashtags for kind in ("hashtag", "hashtag:local")]
        apart = [own_channel(channel, viewer) for channel in channels for viewer in viewers_apart(server, channel)]
        _push(server, dict.fromkeys([*channels, *apart]), message)


async def _push_status(server: Server, status_id: int, kind: str) -> None:
    """Encoded once, without marks of any viewer, save for those with filters; only when somebody listens."""
    if server.live.is_idle:
        return
    status = await find_status(server, status_id)
    if status is None:
        return
    for viewer_id, channels in (await _by_rendering(server, await _channels_of(server, status))).items():
        _push(server, channels, Message(kind, await status_bytes(server, viewer_id, status_id)))


async def _by_rendering(server: Server, channels: list[str]) -> dict[int, list[str]]:
    """Channels with listeners by the viewer for whom the status is encoded: 0 where one encoding is for all."""
    renderings: dict[int, list[str]] = {}
    for channel in channels:
        if server.live.has_listeners(channel):
            kind, _, id = channel.partition(":")
            has_filters = kind == "user" and await active_filters(server, int(id)) is not None
            renderings.setdefault(int(id) if has_filters else 0, []).append(channel)
        for viewer_id in viewers_apart(server, channel):
            renderings.setdefault(viewer_id, []).append(own_channel(channel, viewer_id))
    return renderings


def _push(server: Server, channels: Iterable[str], message: Message) -> None:
    for channel in channels:
        server.live.push(channel, message)


async def on_filters_changed(server: Server, event: FiltersChanged) -> None:
    server.live.push(f"user:{event.account_id}", Message("filters_changed", b""))
    await reseat(server, event.account_id)


async def _channels_of(server: Server, status: Status) -> list[str]:
    readers = await list_home_readers(server, status, lambda id: server.live.has_listeners(f"user:{id}"))
    channels = [f"user:{reader}" for reader in readers]
    if await is_in_public(server, status):
        if status.in_reply_to_account_id in (None, status.account_id):
            channels += ["public", "public:local" if status.uri is None else "public:remote"]
        channels += [f"{kind}:{name}" for name in hashtags_of(status) for kind in ("hashtag", "hashtag:local")]
    return channels + await server.of(StreamedLists).channels_showing(server, status)


async def on_notification_created(server: Server, event: NotificationCreated) -> None:
    channels = [f"user:{event.account_id}", f"user:notification:{event.account_id}"]
    listening = [channel for channel in channels if server.live.has_listeners(channel)]
    if not listening:
        return
    viewer = Viewer(account_id=event.account_id)
    found = await get_notification(server.db, viewer, event.notification_id)
    body = await notification_list(server, viewer, [found])
    if body != b"[]":
        _push(server, listening, Message("notification", body[1:-1]))


async def on_conversation_changed(server: Server, event: ConversationChanged) -> None:
    channel = f"direct:{event.account_id}"
    if not server.live.has_listeners(channel):
        return
    found = await find_conversation(server.db, event.account_id, event.conversation_id)
    if found:
        body = await conversation_list(server, Viewer(account_id=event.account_id), [found])
        _push(server, [channel], Message("conversation", body[1:-1]))


async def on_emojis_changed(server: Server, event: EmojisChanged) -> None:
    """Anyone's name and any post may show one: this happens rarely, all are made anew."""
    server.of(AccountHeads).forget_all()
    kept = server.of(StatusHeads).kept
    for status_id in list(kept):
        kept.drop(status_id)


async def on_announcement_published(server: Server, event: AnnouncementPublished) -> None:
    if server.live.has_listeners("announcements"):
        found = await get_announcement(server, event.announcement_id)
        (body,) = await announcement_list(server, VISITOR, [found])
        _push(server, ["announcements"], Message("announcement", encode_json(body)))


async def on_announcement_removed(server: Server, event: AnnouncementRemoved) -> None:
    _push(server, ["announcements"], Message("announcement.delete", str(event.announcement_id).encode()))


async def on_announcement_reacted(server: Server, event: AnnouncementReacted) -> None:
    if server.live.has_listeners("announcements"):
        reaction = Reaction(event.name, event.count, is_mine=False)
        body = reaction_entity(server.settings, reaction, await known_emojis(server))
        body |= {"announcement_id": str(event.announcement_id)}
        _push(server, ["announcements"], Message("announcement.reaction", encode_json(body)))


LISTENERS = {
    AccountUpdated: [on_account_updated],
    StatusPublished: [on_status_published],
    StatusReblogged: [on_status_reblogged],
    StatusEdited: [on_status_changed],
    StatusCardChanged: [on_status_changed],
    StatusMarkedSensitive: [on_status_marked_sensitive],
    StatusDeleted: [on_status_deleted],
    ConversationChanged: [on_conversation_changed],
    EmojisChanged: [on_emojis_changed],
    AnnouncementPublished: [on_announcement_published],
    AnnouncementRemoved: [on_announcement_removed],
    AnnouncementReacted: [on_announcement_reacted],
    NotificationCreated: [on_notification_created],
    FiltersChanged: [on_filters_changed],
}

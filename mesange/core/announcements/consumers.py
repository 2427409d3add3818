"""Keeps the memory of announcements true."""

from mesange.core.announcements.memory import AnnouncementMemory
from mesange.events.announcements import (
    AnnouncementDismissed,
    AnnouncementPlanned,
    AnnouncementPublished,
    AnnouncementRemoved,
)
from mesange.kit.server import Server


async def on_announcements_changed(
    server: Server, event: AnnouncementPlanned | AnnouncementPublished | AnnouncementRemoved
) -> None:
    server.of(AnnouncementMemory).all.forget_all()


async def on_announcement_dismissed(server: Server, event: AnnouncementDismissed) -> None:
    server.of(AnnouncementMemory).dismissed.forget(event.account_id)


LISTENERS = {
    AnnouncementPlanned: [on_announcements_changed],
    AnnouncementPublished: [on_announcements_changed],
    AnnouncementRemoved: [on_announcements_changed],
    AnnouncementDismissed: [on_announcement_dismissed],
}

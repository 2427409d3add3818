"""Facts about announcements."""

from mesange.kit.event import Event


class AnnouncementPublished(Event, frozen=True):
    """It is out, or says something else now."""

    announcement_id: int


class AnnouncementPlanned(Event, frozen=True):
    """It waits for its hour, or does so with other words."""

    announcement_id: int


class AnnouncementRemoved(Event, frozen=True):
    announcement_id: int


class AnnouncementDismissed(Event, frozen=True):
    """An account has read it and wants it away."""

    announcement_id: int
    account_id: int


class AnnouncementReacted(Event, frozen=True):
    """`name` is an emoji, or the shortcode of one; so many people gave it now."""

    announcement_id: int
    name: str
    count: int

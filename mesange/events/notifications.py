"""Facts about notifications."""

from mesange.kit.event import Event


class NotificationCreated(Event, frozen=True):
    notification_id: int
    account_id: int


class NotificationsDismissed(Event, frozen=True):
    """One was dismissed, or all of them when `notification_id` is None."""

    account_id: int
    notification_id: int | None = None


class NotificationsBroughtBack(Event, frozen=True):
    """What was dismissed a moment ago stands again."""

    account_id: int

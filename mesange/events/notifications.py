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


class NotificationSetApart(Event, frozen=True):
    """Somebody whom the account does not know wants to tell something; it waits in the requests."""

    account_id: int
    from_account_id: int


class NotificationRequestAccepted(Event, frozen=True):
    account_id: int
    from_account_id: int


class NotificationRequestDismissed(Event, frozen=True):
    account_id: int
    from_account_id: int


class NotificationPolicyChanged(Event, frozen=True):
    account_id: int

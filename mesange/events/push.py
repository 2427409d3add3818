"""Facts about push subscriptions."""

from mesange.kit.event import Event


class PushSubscriptionChanged(Event, frozen=True):
    """A client of this account began, ended or changed what it wants to be told."""

    account_id: int

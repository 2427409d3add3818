"""Facts about link cards."""

from mesange.kit.event import Event


class StatusCardChanged(Event, frozen=True):
    """A status has a card now, another one or none: what shows it must be made anew."""

    status_id: int
    account_id: int

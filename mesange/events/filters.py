"""Facts about filters."""

from mesange.kit.event import Event


class FiltersChanged(Event, frozen=True):
    """What this account does not want to see must be read again: also when a filter ran out."""

    account_id: int

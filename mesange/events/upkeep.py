"""Facts of upkeep."""

from mesange.kit.event import Event


class SettingsChanged(Event, frozen=True):
    """Something that the whole server goes by has another value, or this place looks otherwise."""

    name: str

"""Facts about files."""

from mesange.kit.event import Event


class FetchedFileEvicted(Event, frozen=True):
    """A file that came from elsewhere made room for others; who shows it fetches it again."""

    name: str

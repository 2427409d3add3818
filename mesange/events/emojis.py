"""Facts about custom emoji."""

from mesange.kit.event import Event


class EmojisChanged(Event, frozen=True):
    """One came, went or has another picture."""

    emoji_id: int

"""Facts about custom emoji."""

from mesange.kit.event import Event


class EmojisChanged(Event, frozen=True):
    """One came, went, has another picture, or is offered otherwise."""

    emoji_id: int

"""What this server keeps of emoji to answer at once."""

from mesange.core.emojis.model import Emojis
from mesange.kit.recent import Recent


class EmojiMemory:
    """`known`, under 0: all of them; they are few, and every text with a colon asks."""

    def __init__(self) -> None:
        self.known: Recent[int, Emojis] = Recent(1)

"""Keeps the memory of emoji true."""

from mesange.core.emojis.memory import EmojiMemory
from mesange.events.emojis import EmojisChanged
from mesange.kit.server import Server


async def on_emojis_changed(server: Server, event: EmojisChanged) -> None:
    server.of(EmojiMemory).known.forget_all()


LISTENERS = {EmojisChanged: [on_emojis_changed]}

"""Keeps the memory of blocks true."""

from mesange.core.moderation.memory import ModerationMemory
from mesange.events.moderation import DomainBlockChanged
from mesange.kit.server import Server


async def on_domain_block_changed(server: Server, event: DomainBlockChanged) -> None:
    server.of(ModerationMemory).forget_domain_blocks()


LISTENERS = {DomainBlockChanged: [on_domain_block_changed]}

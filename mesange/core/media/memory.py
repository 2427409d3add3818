"""When files were last looked at, until a job writes it down; a loss costs nothing but a worse guess."""

from mesange.kit.recent import Recent
from mesange.kit.server import Server

MOST_NOTED = 20_000


class MediaUses:
    def __init__(self) -> None:
        self.used: Recent[str, int] = Recent(MOST_NOTED)


def note_use(server: Server, name: str) -> None:
    server.of(MediaUses).used.keep(name, server.clock.now())

"""Which browsers were noted as in use lately: once an hour is enough."""

from contextlib import suppress

from mesange.core.accounts.actions.sessions import note_seen
from mesange.core.accounts.model import Viewer
from mesange.kit.clock import HOUR
from mesange.kit.errors import Unavailable
from mesange.kit.recent import Recent
from mesange.kit.server import Server

MOST_SESSIONS = 20_000


class Presence:
    """Time of the last note by session."""

    def __init__(self) -> None:
        self.noted: Recent[int, int] = Recent(MOST_SESSIONS)


async def is_noted_now(server: Server, viewer: Viewer) -> bool:
    """Note the browser if that is due. Reading goes on when nothing can be written."""
    noted, now = server.of(Presence).noted, server.clock.now()
    if now - noted.get(viewer.session_id, 0) < HOUR:
        return False
    noted.keep(viewer.session_id, now)
    with suppress(Unavailable):
        await note_seen(server, viewer)
    return True

"""Which browsers and tokens were noted as in use lately: once an hour is enough."""

from contextlib import suppress

from mesange.core.accounts.actions.clients import note_used
from mesange.core.accounts.actions.sessions import note_seen
from mesange.core.accounts.model import Viewer
from mesange.kit.clock import HOUR
from mesange.kit.errors import Unavailable
from mesange.kit.recent import Recent
from mesange.kit.server import Server

MOST_NOTED = 20_000


class Presence:
    """Time of the last note, by session and by token."""

    def __init__(self) -> None:
        self.sessions: Recent[int, int] = Recent(MOST_NOTED)
        self.tokens: Recent[int, int] = Recent(MOST_NOTED)


def _is_due(server: Server, noted: Recent[int, int], id: int) -> bool:
    now = server.clock.now()
    if now - noted.get(id, 0) < HOUR:
        return False
    noted.keep(id, now)
    return True


async def is_noted_now(server: Server, viewer: Viewer) -> bool:
    """Note the browser if that is due. Reading goes on when nothing can be written."""
    if not _is_due(server, server.of(Presence).sessions, viewer.session_id):
        return False
    with suppress(Unavailable):
        await note_seen(server, viewer)
    return True


async def note_use(server: Server, viewer: Viewer) -> None:
    """Note the token if that is due. Reading goes on when nothing can be written."""
    if _is_due(server, server.of(Presence).tokens, viewer.token_id):
        with suppress(Unavailable):
            await note_used(server, viewer.token_id)

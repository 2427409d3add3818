"""Which tokens were noted as in use lately: once an hour is enough."""

from contextlib import suppress

from mesange.core.accounts.actions.clients import note_used
from mesange.core.accounts.model import Viewer
from mesange.kit.clock import HOUR
from mesange.kit.errors import Unavailable
from mesange.kit.recent import Recent
from mesange.kit.server import Server

MOST_TOKENS = 20_000


class TokenUse:
    """Time of the last note by token."""

    def __init__(self) -> None:
        self.noted: Recent[int, int] = Recent(MOST_TOKENS)


async def note_use(server: Server, viewer: Viewer) -> None:
    """Note the token if that is due. Reading goes on when nothing can be written."""
    noted, now = server.of(TokenUse).noted, server.clock.now()
    if now - noted.get(viewer.token_id, 0) >= HOUR:
        noted.keep(viewer.token_id, now)
        with suppress(Unavailable):
            await note_used(server, viewer.token_id)

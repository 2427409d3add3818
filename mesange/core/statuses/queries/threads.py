"""What stands around a status."""

from mesange.core.accounts.model import Viewer
from mesange.core.follows.queries import relations_of
from mesange.core.statuses.model import (
    Status,
    Thread,
    thread_around,
)
from mesange.core.statuses.queries.reading import only_visible
from mesange.kit.server import Server

MOST_OF_A_THREAD = 4_000


async def get_thread(server: Server, viewer: Viewer, status: Status) -> Thread:
    """What the viewer sees around a status: for a visitor at most 40 before and 60 after (Mastodon's limits)."""
    rows = await server.db.rows(
        "SELECT id, in_reply_to_id FROM statuses WHERE id = ? "
        "UNION SELECT id, in_reply_to_id FROM statuses WHERE thread_id = ? LIMIT ?",
        status.root_id,
        status.root_id,
        MOST_OF_A_THREAD,
    )
    around = thread_around(status.id, dict(rows))  # type: ignore[arg-type]
    before, after = (40, 60) if viewer.is_visitor else (MOST_OF_A_THREAD, MOST_OF_A_THREAD)
    relations = await relations_of(server, viewer.account_id)
    seen = await only_visible(server, viewer, around.ancestors[-before:] + around.descendants[:after])
    visible = {each.id for each in seen if each.account_id not in relations.hidden}
    return Thread(
        [id for id in around.ancestors[-before:] if id in visible],
        [id for id in around.descendants[:after] if id in visible],
    )

"""What stands around a status."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

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
MOST_BEFORE, MOST_AFTER = 40, 60


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A part of a thread: ids as in `Thread`. `orphans` are those of them that answer what is gone or not for this
    reader; `begins_before` that more stands above; `next` how many answers to skip for what follows, 0 at the end.
    `parents` names what each of the thread answers; `first` began it, 0 when that one cannot be read."""

    ancestors: list[int]
    descendants: list[int]
    orphans: frozenset[int]
    parents: Mapping[int, int | None]
    first: int
    begins_before: bool
    next: int


async def get_thread(server: Server, viewer: Viewer, status: Status) -> Thread:
    """What the viewer sees around a status: for a visitor at most 40 before and 60 after (Mastodon's limits)."""
    around = thread_around(status.id, await _parents_in_thread(server, status))
    before, after = (MOST_BEFORE, MOST_AFTER) if viewer.is_visitor else (MOST_OF_A_THREAD, MOST_OF_A_THREAD)
    visible = await _visible(server, viewer, around.ancestors[-before:] + around.descendants[:after])
    return Thread(
        [id for id in around.ancestors[-before:] if id in visible],
        [id for id in around.descendants[:after] if id in visible],
    )


async def get_thread_page(server: Server, viewer: Viewer, status: Status, skipped: int = 0) -> ThreadPage:
    """The same in parts that can be read: the nearest before, and so many of the answers after the `skipped` ones."""
    parents = await _parents_in_thread(server, status)
    around = thread_around(status.id, parents)
    before, after = around.ancestors[-MOST_BEFORE:], around.descendants[skipped : skipped + MOST_AFTER]
    shown = [*before, status.id, *after]
    answered = {parent for id in shown if (parent := parents.get(id))}
    visible = await _visible(server, viewer, {*shown, *answered, status.root_id})
    return ThreadPage(
        [id for id in before if id in visible],
        [id for id in after if id in visible],
        frozenset(id for id in shown if (parent := parents.get(id)) and parent not in visible),
        parents,
        status.root_id if status.root_id in visible else 0,
        begins_before=len(around.ancestors) > MOST_BEFORE,
        next=skipped + MOST_AFTER if len(around.descendants) > skipped + MOST_AFTER else 0,
    )


async def _parents_in_thread(server: Server, status: Status) -> dict[int, int | None]:
    rows = await server.db.rows(
        "SELECT id, in_reply_to_id FROM statuses WHERE id = ? "
        "UNION SELECT id, in_reply_to_id FROM statuses WHERE thread_id = ? LIMIT ?",
        status.root_id,
        status.root_id,
        MOST_OF_A_THREAD,
    )
    return dict(rows)  # type: ignore[arg-type]  # (id, id or None) of each row


async def _visible(server: Server, viewer: Viewer, ids: Collection[int]) -> set[int]:
    relations = await relations_of(server, viewer.account_id)
    seen = await only_visible(server, viewer, list(ids))
    return {each.id for each in seen if each.account_id not in relations.hidden}

"""Polls by the id of their status, and what a viewer chose in them."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.memory import StatusMemory
from mesange.core.statuses.model import Holds, PollOption, PollState, Status, choices_on
from mesange.core.statuses.queries.reading import visible_status
from mesange.core.statuses.tables import polls
from mesange.kit.db import Reader, Transaction
from mesange.kit.errors import NotFound
from mesange.kit.server import Server


async def load_polls(server: Server, ids: Sequence[int]) -> dict[int, PollState]:
    """Polls of those of the statuses that have one, from memory or in two queries."""
    memory = server.of(StatusMemory).polls
    found = {id: state for id in ids if (state := memory.get(id))}
    missing = [id for id in ids if id not in found]
    if missing:
        since = memory.forgotten
        for id, state in (await _read(server.db, missing)).items():
            memory.keep(id, state, since)
            found[id] = state
    return found


async def _read(db: Reader, ids: list[int]) -> dict[int, PollState]:
    rows = await db.rows(f"SELECT {polls.columns} FROM polls WHERE status_id = ANY(?)", ids)
    options: dict[int, list[PollOption]] = {}
    for id, title, votes in await db.rows(
        "SELECT status_id, title, votes FROM poll_options WHERE status_id = ANY(?) ORDER BY status_id, position", ids
    ):
        options.setdefault(id, []).append(PollOption(title, votes))
    loaded = [polls.load(row) for row in rows]
    return {poll.status_id: PollState(poll, tuple(options.get(poll.status_id, ()))) for poll in loaded}


async def visible_poll(server: Server, viewer: Viewer, poll_id: int) -> PollState:
    """Raises NotFound: also for the poll of a status that the viewer may not see."""
    status = await visible_status(server, viewer, poll_id)
    found = await load_polls(server, [poll_id]) if status.holds & Holds.POLL else {}
    if poll_id not in found:
        raise NotFound()
    return found[poll_id]


async def find_held_poll(tx: Transaction, status: Status) -> PollState | None:
    """The poll of a status that is held; a plain status asks nothing."""
    return await hold_poll(tx, status.id) if status.holds & Holds.POLL else None


async def hold_poll(tx: Transaction, poll_id: int) -> PollState:
    """The poll as it is now; nobody votes in it before this transaction ends. Raises NotFound."""
    if await tx.row("SELECT status_id FROM polls WHERE status_id = ? FOR UPDATE", poll_id) is None:
        raise NotFound()
    return (await _read(tx, [poll_id]))[poll_id]


async def load_choices(db: Reader, account_id: int, ids: Sequence[int]) -> dict[int, list[int]]:
    """What an account chose, by poll; polls in which it did not vote are not there."""
    if not account_id or not ids:
        return {}
    rows = await db.rows(
        "SELECT status_id, choices FROM poll_votes WHERE account_id = ? AND status_id = ANY(?)", account_id, list(ids)
    )
    return {id: choices_on(choices) for id, choices in rows}


async def list_voters(db: Reader, poll_id: int) -> list[int]:
    return [id for (id,) in await db.rows("SELECT account_id FROM poll_votes WHERE status_id = ?", poll_id)]

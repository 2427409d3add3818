"""Trying a piece of work again, or giving it up."""

from mesange.core.accounts.model import Viewer
from mesange.core.moderation.actions.log import note_act
from mesange.core.upkeep.queries import find_queue
from mesange.core.upkeep.tables import Queue
from mesange.kit.db import Transaction
from mesange.kit.errors import Conflict, NotFound
from mesange.kit.progress import Progress
from mesange.kit.server import Server


async def try_again(server: Server, viewer: Viewer, name: str, id: int) -> None:
    """At once. Raises NotFound, Conflict for what nothing is left of to try."""
    queue = find_queue(name)
    now = server.clock.now()
    async with server.db.transaction() as tx:
        sql = f"UPDATE {queue.table} SET {queue.again} WHERE id = ? AND {queue.again_where}"
        if not await tx.execute(sql, *[now] * queue.again.count("?"), id):
            raise Conflict("There is nothing left of this to try again.")
        await note_act(server, tx, viewer, "work tried again", f"{name}:{id}")


async def give_up(server: Server, viewer: Viewer, name: str, id: int) -> None:
    """Nothing of it is tried any more. Raises NotFound, Conflict for what is done or being done."""
    queue = find_queue(name)
    async with server.db.transaction() as tx:
        if not await _ended(tx, queue, id):
            raise Conflict("This is done, or just being done.")
        await note_act(server, tx, viewer, "work given up", f"{name}:{id}")


async def _ended(tx: Transaction, queue: Queue, id: int) -> int:
    act = f"DELETE FROM {queue.table}" if queue.ends else f"UPDATE {queue.table} SET {queue.given_up}"
    return await tx.execute(f"{act} WHERE id = ? AND {queue.waiting}", id)


async def run_now(server: Server, viewer: Viewer, job: str) -> None:
    """Let regular work begin its next run now, in this process. Raises NotFound."""
    run = server.of(Progress).jobs.get(job)
    if run is None:
        raise NotFound()
    async with server.db.transaction() as tx:
        await note_act(server, tx, viewer, "job run now", f"job:{job}")
    run.call.set()

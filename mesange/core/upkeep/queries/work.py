"""Queues of work and their rows."""

from mesange.core.upkeep.model import QueueCount, WorkItem, WorkState
from mesange.core.upkeep.tables import QUEUES, Queue
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page

MOST_COUNTED = 10_000


def find_queue(name: str) -> Queue:
    """Raises NotFound."""
    if name not in QUEUES:
        raise NotFound()
    return QUEUES[name]


async def count_work(db: Reader) -> list[QueueCount]:
    """Of every queue; the rows that wait have an index of their own, so that this costs no more than what waits."""
    return [
        QueueCount(
            name,
            await _count(db, queue.table, queue.waiting),
            await _count(db, queue.table, queue.running),
            await _count(db, queue.table, queue.failed),
        )
        for name, queue in QUEUES.items()
    ]


async def _count(db: Reader, table: str, where: str) -> int:
    return await db.value(f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {where} LIMIT ?) few", MOST_COUNTED)


async def list_work(db: Reader, queue: Queue, page: Page) -> list[WorkItem]:
    """What waits, runs or failed, newest first."""
    state = f"CASE WHEN {queue.failed} THEN 'failed' WHEN {queue.running} THEN 'running' ELSE 'waiting' END"
    rows = await db.rows(
        f"SELECT id, {queue.subject}, {state}, {queue.attempts}, {queue.next_at}, {queue.reason} FROM {queue.table} "
        f"WHERE (({queue.waiting}) OR ({queue.running}) OR ({queue.failed})) AND id < ? AND id > ? "
        f"ORDER BY id {page.order} LIMIT ?",
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([WorkItem(id, subject, WorkState(now), *rest) for id, subject, now, *rest in rows])

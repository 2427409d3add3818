"""Learns where posts lead. A durable consumer: what it notes is fetched by a job, once, however often it is linked."""

from mesange.core.cards.actions.linking import drop_picture, link_status, unlink_status
from mesange.core.cards.model import LATE
from mesange.core.statuses.tables import statuses
from mesange.events.media import FetchedFileEvicted
from mesange.events.statuses import StatusDeleted, StatusEdited, StatusPublished
from mesange.kit.consumers import Consumer
from mesange.kit.db import Transaction
from mesange.kit.event import Event
from mesange.kit.ids import time_of
from mesange.kit.server import Server


async def on_status_written(server: Server, tx: Transaction, event: StatusPublished | StatusEdited) -> None:
    row = await tx.row(f"SELECT {statuses.columns} FROM statuses WHERE id = ?", event.status_id)
    if row and server.clock.now() - time_of(event.status_id) < LATE:
        await link_status(server, tx, statuses.load(row))


async def on_status_deleted(server: Server, tx: Transaction, event: StatusDeleted) -> None:
    await unlink_status(tx, event.status_id)


async def on_file_evicted(server: Server, tx: Transaction, event: FetchedFileEvicted) -> None:
    await drop_picture(tx, event.name)


def _may_lead_somewhere(event: Event) -> bool:
    return not isinstance(event, StatusPublished) or event.has_link


CONSUMER = Consumer(
    "cards",
    {
        StatusPublished: [on_status_written],
        StatusEdited: [on_status_written],
        StatusDeleted: [on_status_deleted],
        FetchedFileEvicted: [on_file_evicted],
    },
    concerns=_may_lead_somewhere,
)

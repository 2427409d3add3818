"""Forgets filters that changed, at once; posts that are gone leave the filters, durably."""

from mesange.core.filters.memory import FilterMemory
from mesange.events.filters import FiltersChanged
from mesange.events.statuses import StatusDeleted
from mesange.kit.consumers import Consumer
from mesange.kit.db import Transaction
from mesange.kit.server import Server


async def on_filters_changed(server: Server, event: FiltersChanged) -> None:
    server.of(FilterMemory).forget(event.account_id)


LISTENERS = {FiltersChanged: [on_filters_changed]}


async def on_status_deleted(server: Server, tx: Transaction, event: StatusDeleted) -> None:
    await tx.execute("DELETE FROM filter_statuses WHERE status_id = ?", event.status_id)


CONSUMER = Consumer("filters", {StatusDeleted: [on_status_deleted]})

"""Keeps the index true. A projection: `mesange replay search` fills it again from the log."""

from collections.abc import Sequence

from mesange.core.search.actions import index_accounts, index_later, index_statuses
from mesange.core.search.tables import PROJECTION
from mesange.events.accounts import AccountCreated, AccountUpdated
from mesange.events.cards import StatusCardChanged
from mesange.events.statuses import StatusDeleted, StatusEdited, StatusesImported, StatusPublished
from mesange.kit.consumers import Consumer
from mesange.kit.db import Transaction
from mesange.kit.event import Event
from mesange.kit.server import Server


async def index_events(server: Server, tx: Transaction, events: Sequence[Event]) -> None:
    """What was touched is read as it stands now, so an event that comes again, or late, does no harm."""
    accounts = [event.account_id for event in events if isinstance(event, AccountCreated | AccountUpdated)]
    statuses = [event.status_id for event in events if isinstance(event, REWRITTEN)]
    statuses += [event.status_id for event in events if isinstance(event, StatusDeleted) and not event.reblog_of_id]
    await index_accounts(server, tx, accounts)
    await index_statuses(server, tx, statuses)
    for event in events:
        if isinstance(event, StatusesImported):
            await index_later(server, tx, event.account_id, event.first_id, event.last_id)


GATHER_SECONDS = 0.015  # A post is found long before anyone can look for it.
REWRITTEN = (StatusPublished, StatusEdited, StatusCardChanged)
KINDS = (*REWRITTEN, StatusDeleted, StatusesImported, AccountCreated, AccountUpdated)
CONSUMER = Consumer(
    "search", dict.fromkeys(KINDS, ()), PROJECTION, together=index_events, gather_seconds=GATHER_SECONDS
)

"""What every change of filters begins and ends with."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.follows.actions import hold_accounts
from mesange.events.filters import FiltersChanged
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid
from mesange.kit.server import Server


@asynccontextmanager
async def changing(server: Server, viewer: Viewer) -> AsyncGenerator[Transaction]:
    """One writer of an account's filters at a time; everyone hears of it."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id)
        yield tx
        tx.emit(FiltersChanged(account_id=account_id))


async def refuse_too_many(tx: Transaction, viewer: Viewer, table: str, most: int, refusal: str) -> None:
    """Of all filters together: so much a matcher holds."""
    count = await tx.value(
        f"SELECT count(*) FROM {table} WHERE filter_id IN (SELECT id FROM filters WHERE account_id = ?)",
        acting_account(viewer),
    )
    if count > most:
        raise Invalid(refusal)

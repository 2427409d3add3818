"""A suspension that became a removal ends as leaving does."""

from mesange.core.accounts.queries import find_account
from mesange.core.archives.actions import remove_account
from mesange.core.moderation.queries import is_removal_due
from mesange.events.moderation import AccountRemovalDue
from mesange.kit.consumers import Consumer
from mesange.kit.db import Transaction
from mesange.kit.server import Server


async def on_account_removal_due(server: Server, tx: Transaction, event: AccountRemovalDue) -> None:
    account = await find_account(server, event.account_id)
    if account and await is_removal_due(tx, account.id):  # Else it was lifted, or laid anew, since.
        await remove_account(server, tx, account)


CONSUMER = Consumer("removals", {AccountRemovalDue: [on_account_removal_due]})

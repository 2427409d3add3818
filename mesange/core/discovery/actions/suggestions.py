"""Suggestions that somebody does not want to see again."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.kit.server import Server


async def dismiss_suggestion(server: Server, viewer: Viewer, target_id: int) -> None:
    """Never suggest this account to the viewer again; said twice it changes nothing."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        await tx.execute(
            "INSERT INTO dismissed_suggestions (account_id, target_id) SELECT ?, id FROM accounts WHERE id = ? "
            "ON CONFLICT DO NOTHING",
            account_id,
            target_id,
        )

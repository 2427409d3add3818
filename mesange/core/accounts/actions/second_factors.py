"""Writes of the second factor: codes of an application, recovery codes, the way back for whoever lost both."""

from mesange.core.accounts.actions.letters import send_letter
from mesange.core.accounts.actions.sessions import end_all_access
from mesange.core.accounts.model import User
from mesange.events.accounts import SecondFactorChanged
from mesange.kit.server import Server


async def reset_second_factors(server: Server, user: User) -> None:
    """Take codes and passkeys off a login whose person lost them; every session and token of it ends.

    Only whoever keeps the server can do it: they make sure first that it is the person who asks.
    """
    async with server.db.transaction() as tx:
        for table in ("second_factors", "recovery_codes", "passkeys"):
            await tx.execute(f"DELETE FROM {table} WHERE user_id = ?", user.id)
        tx.emit(SecondFactorChanged(user_id=user.id))
        await end_all_access(tx, user.id)
        await send_letter(server, tx, user, "factors-reset")

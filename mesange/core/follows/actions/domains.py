"""Keeping a whole server away from one's own eyes."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.events.follows import DomainHidden, DomainShown
from mesange.kit.errors import Forbidden
from mesange.kit.server import Server
from mesange.kit.text import checked_domain

MOST_DOMAINS = 5_000


async def hide_domain(server: Server, viewer: Viewer, domain: str) -> None:
    """Nothing from this server is shown to the viewer any more. Raises Invalid for what is no server's name."""
    account_id, name = acting_account(viewer), checked_domain(domain)
    async with server.db.transaction() as tx:
        others = "SELECT count(*) FROM account_domain_blocks WHERE account_id = ? AND domain <> ?"
        if await tx.value(others, account_id, name) >= MOST_DOMAINS:
            raise Forbidden("You hide as many servers as one may.")
        await tx.execute(
            "INSERT INTO account_domain_blocks (id, account_id, domain) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            server.ids.next(),
            account_id,
            name,
        )
        tx.emit(DomainHidden(account_id=account_id, domain=name))


async def show_domain(server: Server, viewer: Viewer, domain: str) -> None:
    """Undo it; nothing happens when the server was not hidden."""
    account_id, name = acting_account(viewer), checked_domain(domain)
    async with server.db.transaction() as tx:
        if await tx.execute("DELETE FROM account_domain_blocks WHERE account_id = ? AND domain = ?", account_id, name):
            tx.emit(DomainShown(account_id=account_id, domain=name))

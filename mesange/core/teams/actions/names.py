"""Protecting names, so that nobody is taken for somebody else."""

from mesange.core.teams.model import ProtectedName
from mesange.core.teams.tables import protected_names
from mesange.kit.db import Transaction
from mesange.kit.server import Server
from mesange.kit.text import skeleton


async def protect_name(server: Server, name: str, organization_id: int | None = None) -> None:
    """From now on no account may take a name that looks like this one, save those of the organization."""
    async with server.db.transaction() as tx:
        await protect(server, tx, name, organization_id)


async def release_name(server: Server, name: str) -> bool:
    """Whether there was such a protection; it has ended."""
    async with server.db.transaction() as tx:
        return bool(await tx.execute("DELETE FROM protected_names WHERE skeleton = ?", skeleton(name)))


async def protect(server: Server, tx: Transaction, name: str, organization_id: int | None) -> None:
    if look := skeleton(name):
        await tx.insert(protected_names, ProtectedName(server.ids.next(), look, name, organization_id))

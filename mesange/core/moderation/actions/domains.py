"""Blocking servers: one by one, or as a list in the usual form. User-level blocks live in core/follows."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.model import DomainBlock
from mesange.core.moderation.tables import domain_blocks
from mesange.events.moderation import DomainBlockChanged
from mesange.kit.db import Transaction
from mesange.kit.errors import NotFound
from mesange.kit.server import Server


async def block_domain(server: Server, viewer: Viewer, block: DomainBlock) -> None:
    """Block a server, or change how."""
    async with server.db.transaction() as tx:
        await write_block(server, tx, viewer, block)


async def import_domain_blocks(server: Server, viewer: Viewer, blocks: Sequence[DomainBlock]) -> int:
    """Take a list over, all or nothing; blocks that are there already stay as they are. How many were new."""
    new = 0
    async with server.db.transaction() as tx:
        for block in blocks:
            if not await tx.value("SELECT 1 FROM domain_blocks WHERE domain = ?", block.domain):
                await write_block(server, tx, viewer, block)
                new += 1
    return new


async def unblock_domain(server: Server, viewer: Viewer, domain: str) -> None:
    """Raises NotFound when it is not blocked."""
    async with server.db.transaction() as tx:
        await remove_block(server, tx, viewer, domain)


async def remove_block(server: Server, tx: Transaction, viewer: Viewer, domain: str, by_list: str = "") -> None:
    """In a transaction that does more. Raises NotFound."""
    if not await tx.execute("DELETE FROM domain_blocks WHERE domain = ?", domain):
        raise NotFound()
    told = {"list": by_list} if by_list else {}
    await note_act(server, tx, viewer, "server unblocked", f"domain:{domain}", None, **told)
    tx.emit(DomainBlockChanged(domain=domain))


async def write_block(server: Server, tx: Transaction, viewer: Viewer, block: DomainBlock, by_list: str = "") -> None:
    """In a transaction that does more; `by_list` is the address of the list that wants it."""
    before = await tx.value("SELECT severity FROM domain_blocks WHERE domain = ?", block.domain)
    await tx.execute("DELETE FROM domain_blocks WHERE domain = ?", block.domain)
    await tx.insert(domain_blocks, block)
    told = {"list": by_list} if by_list else {}
    await note_act(
        server, tx, viewer, "server blocked", f"domain:{block.domain}", {"severity": before},
        severity=block.severity.value, rejects_media=block.rejects_media, rejects_reports=block.rejects_reports, **told,
    )  # fmt: skip
    tx.emit(DomainBlockChanged(domain=block.domain))

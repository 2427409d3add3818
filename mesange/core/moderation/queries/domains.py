"""Servers kept away."""

from mesange.core.moderation.memory import ModerationMemory
from mesange.core.moderation.model import BlockSubscription, DomainBlock, Severity
from mesange.core.moderation.tables import block_subscriptions, domain_blocks
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound
from mesange.kit.paging import Cut, Span, containing
from mesange.kit.server import Server
from mesange.kit.text import parents_of


async def find_domain_block(server: Server, domain: str) -> DomainBlock | None:
    """The block that covers this server, its own or that of a name above it; from memory."""
    memory = server.of(ModerationMemory)
    blocks = memory.domain_blocks
    if blocks is None:
        since = memory.forgotten
        blocks = {block.domain: block for block in await list_domain_blocks(server.db)}
        if memory.forgotten == since:
            memory.domain_blocks = blocks
    if not blocks:
        return None
    return next((blocks[name] for name in parents_of(domain.lower().removesuffix(".")) if name in blocks), None)


async def is_kept_away(server: Server, domain: str) -> bool:
    """Nothing comes from there and nothing goes there: a suspension, which nothing overrides."""
    block = await find_domain_block(server, domain)
    return block is not None and block.severity is Severity.SUSPEND


async def list_domain_blocks(db: Reader) -> list[DomainBlock]:
    rows = await db.rows(f"SELECT {domain_blocks.columns} FROM domain_blocks ORDER BY domain")
    return [domain_blocks.load(row) for row in rows]


async def find_domain_blocks(db: Reader, wanted: str, span: Span) -> Cut[DomainBlock]:
    """By a part of their name or of a comment, in the order of their names."""
    pattern = containing(wanted.strip().lower())
    rows = await db.rows(
        f"SELECT {domain_blocks.columns} FROM domain_blocks WHERE domain {span.sign} ? AND (domain LIKE ? ESCAPE '!' "
        "OR lower(public_comment) LIKE ? ESCAPE '!' OR lower(private_comment) LIKE ? ESCAPE '!') "
        f"ORDER BY domain {span.order} LIMIT ?",
        span.edge,
        pattern,
        pattern,
        pattern,
        span.limit + 1,
    )
    return span.cut([domain_blocks.load(row) for row in rows])


async def count_domain_blocks(db: Reader) -> int:
    return await db.value("SELECT count(*) FROM domain_blocks")


async def count_blocks_of_lists(db: Reader) -> dict[int, int]:
    """By the id of the list that brought them."""
    rows = await db.rows(
        "SELECT subscription_id, count(*) FROM domain_blocks WHERE subscription_id IS NOT NULL GROUP BY subscription_id"
    )
    return {list_id: count for list_id, count in rows}  # noqa: C416 - rows are tuples of any length


async def list_subscriptions(db: Reader) -> list[BlockSubscription]:
    """Lists that others keep, newest first."""
    rows = await db.rows(f"SELECT {block_subscriptions.columns} FROM block_subscriptions ORDER BY id DESC")
    return [block_subscriptions.load(row) for row in rows]


async def get_subscription(db: Reader, list_id: int) -> BlockSubscription:
    row = await db.row(f"SELECT {block_subscriptions.columns} FROM block_subscriptions WHERE id = ?", list_id)
    if row is None:
        raise NotFound()
    return block_subscriptions.load(row)

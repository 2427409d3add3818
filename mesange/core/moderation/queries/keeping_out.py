"""Who may not sign up."""

from mesange.core.moderation.model import SignUpBlock, keeps_out
from mesange.core.moderation.tables import sign_up_blocks
from mesange.kit.db import Reader
from mesange.kit.errors import Invalid
from mesange.kit.paging import Cut, Span, containing


async def list_sign_up_blocks(db: Reader) -> list[SignUpBlock]:
    rows = await db.rows(f"SELECT {sign_up_blocks.columns} FROM sign_up_blocks ORDER BY kind, value")
    return [sign_up_blocks.load(row) for row in rows]


async def find_sign_up_blocks(db: Reader, wanted: str, kind: str, span: Span) -> Cut[SignUpBlock]:
    """By a part of what is kept out or of the comment; all kinds, or one. The span runs over `kind:value`."""
    pattern, (first, _, value) = containing(wanted.strip().lower()), span.edge.partition(":")
    rows = await db.rows(
        f"SELECT {sign_up_blocks.columns} FROM sign_up_blocks WHERE (kind, value) {span.sign} (?, ?) "
        "AND (? = '' OR kind = ?) AND (value LIKE ? ESCAPE '!' OR lower(comment) LIKE ? ESCAPE '!') "
        f"ORDER BY kind {span.order}, value {span.order} LIMIT ?",
        first,
        value,
        kind,
        kind,
        pattern,
        pattern,
        span.limit + 1,
    )
    return span.cut([sign_up_blocks.load(row) for row in rows])


class KeptOut(Invalid):
    """Says neither which of the three it was nor that there is a list."""

    code = "ERR_BLOCKED"
    public_text = "You cannot sign up with this name, mail address or network. Write to the people of this place."


async def check_may_sign_up(db: Reader, username: str, email: str, address: str) -> None:
    """Raises KeptOut."""
    if await find_sign_up_block(db, username, email, address):
        raise KeptOut(field="email")


async def find_sign_up_block(db: Reader, username: str, email: str, address: str) -> SignUpBlock | None:
    """What stands in the way of somebody who wants to sign up. A sign-up is rare: the table is asked each time."""
    return keeps_out(await list_sign_up_blocks(db), username, email, address)

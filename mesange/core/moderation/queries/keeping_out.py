"""Who may not sign up."""

from mesange.core.moderation.model import SignUpBlock, keeps_out
from mesange.core.moderation.tables import sign_up_blocks
from mesange.kit.db import Reader
from mesange.kit.errors import Invalid


async def list_sign_up_blocks(db: Reader, kind: str = "") -> list[SignUpBlock]:
    """All of them, or those of a kind."""
    rows = await db.rows(
        f"SELECT {sign_up_blocks.columns} FROM sign_up_blocks WHERE (? = '' OR kind = ?) ORDER BY kind, value",
        kind,
        kind,
    )
    return [sign_up_blocks.load(row) for row in rows]


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

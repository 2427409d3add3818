"""Who may not sign up: mail domains, networks, parts of names."""

from mesange.core.accounts.model import Viewer
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.model import SignUpBlock, checked_sign_up_block
from mesange.core.moderation.tables import sign_up_blocks
from mesange.kit.errors import NotFound
from mesange.kit.server import Server
from mesange.kit.text import clean_name


async def keep_out(server: Server, viewer: Viewer, kind: str, value: str, comment: str = "") -> SignUpBlock:
    """Raises Invalid for what cannot be compared with a sign-up."""
    known, checked = checked_sign_up_block(kind, value)
    block = SignUpBlock(known, checked, clean_name(comment, 500), server.clock.now())
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM sign_up_blocks WHERE kind = ? AND value = ?", known.value, checked)
        await tx.insert(sign_up_blocks, block)
        await note_act(server, tx, viewer, "kept out", f"{known.value}:{checked}")
    return block


async def let_in(server: Server, viewer: Viewer, kind: str, value: str) -> None:
    """Raises NotFound when nothing of that kind is kept out."""
    async with server.db.transaction() as tx:
        if not await tx.execute("DELETE FROM sign_up_blocks WHERE kind = ? AND value = ?", kind, value):
            raise NotFound()
        await note_act(server, tx, viewer, "let in", f"{kind}:{value}")

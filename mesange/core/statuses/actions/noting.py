"""What accounts of organizations do with posts is noted in their organization's audit; of a person's, nothing is."""

from typing import NamedTuple

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import find_account
from mesange.core.teams.actions import note_act
from mesange.core.teams.model import Act, Deed
from mesange.kit.db import Transaction
from mesange.kit.server import Server


class Passage(NamedTuple):
    """What the audit must know of an act: whose the account is, and who had approved it."""

    organization_id: int | None
    approved_by: tuple[int, ...] = ()


async def passage_of(server: Server, account_id: int) -> Passage:
    """Of an act that needs no gate, from memory; ask before the transaction begins."""
    account = await find_account(server, account_id)
    return Passage(account.organization_id if account else None)


async def note_on_status(
    server: Server, tx: Transaction, viewer: Viewer, passage: Passage, act: Act, status_id: int
) -> None:
    """The viewer did this with that post. Last in the transaction, as `note_act` is."""
    if passage.organization_id is not None:
        deed = Deed(act, viewer.user_id, viewer.account_id, viewer.client_id, status_id, passage.approved_by)
        await note_act(server, tx, passage.organization_id, deed)

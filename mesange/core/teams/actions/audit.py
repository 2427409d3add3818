"""Noting in the audit of an organization, in the very commit that does what is noted."""

from mesange.core.teams.model import Deed, audit_scope
from mesange.kit.db import Transaction
from mesange.kit.scopelog import Fact, append
from mesange.kit.server import Server


async def note_act(server: Server, tx: Transaction, organization_id: int | None, deed: Deed) -> None:
    """Note a deed; nothing, and no query, for an account of a person (`organization_id` None).

    Call it last in the transaction: acts of one organization wait for one another from here on.
    """
    if organization_id is not None:
        fact = Fact(deed.act, deed.user_id, deed.subject, deed.body)
        await append(tx, audit_scope(organization_id), server.clock.now(), fact)

"""Answers of the people concerned to a decision, and what the staff makes of them."""

from dataclasses import replace

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import list_own_accounts
from mesange.core.moderation.actions.decisions import take_back
from mesange.core.moderation.actions.letters import send_answer
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.model import AFTER_REFUSAL, MOST_APPEAL, AlreadyAppealed, Strike, may_appeal
from mesange.core.moderation.queries import hold_strike
from mesange.events.moderation import DecisionAppealed
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server
from mesange.kit.text import clean


async def appeal_decision(server: Server, viewer: Viewer, strike_id: int, text: str) -> None:
    """Answer a decision about one of one's accounts, once. Raises NotFound, Invalid, AlreadyAppealed."""
    text = clean(text, MOST_APPEAL + 1).strip()
    if not text:
        raise Invalid("Say why the decision should be looked at again.", field="appeal", code="ERR_BLANK")
    if len(text) > MOST_APPEAL:
        raise Invalid(f"An answer has at most {MOST_APPEAL} signs.", field="appeal", code="ERR_TOO_LONG")
    own = {account.id for account in await list_own_accounts(server, viewer.user_id)}
    async with server.db.transaction() as tx:
        strike = await hold_strike(tx, strike_id)
        if strike.account_id not in own:
            raise NotFound()
        if not may_appeal(strike, server.clock.now()):
            raise AlreadyAppealed()
        await tx.execute(
            "UPDATE strikes SET appeal = ?, appealed_at = ? WHERE id = ?", text, server.clock.now(), strike.id
        )
        tx.emit(DecisionAppealed(strike_id=strike.id, account_id=strike.account_id))


async def answer_appeal(server: Server, viewer: Viewer, strike_id: int, *, grants: bool) -> None:
    """Lift the decision, or keep it; the person is told. Raises NotFound, Conflict."""
    async with server.db.transaction() as tx:
        strike = await hold_strike(tx, strike_id)
        if strike.appealed_at is None or strike.answered_at is not None:
            raise NotFound()
        if grants:
            await take_back(server, tx, viewer, strike)
        else:
            strike = await _uphold(server, tx, viewer, strike)
        await tx.execute("UPDATE strikes SET answered_at = ? WHERE id = ?", server.clock.now(), strike.id)
        await send_answer(server, tx, strike, grants=grants)


async def _uphold(server: Server, tx: Transaction, viewer: Viewer, strike: Strike) -> Strike:
    await note_act(server, tx, viewer, "appeal refused", f"account:{strike.account_id}", strike=strike.id)
    if strike.removal_at is None:
        return strike
    upheld = replace(strike, removal_at=max(strike.removal_at, server.clock.now() + AFTER_REFUSAL))
    await tx.execute("UPDATE strikes SET removal_at = ? WHERE id = ?", upheld.removal_at, strike.id)
    return upheld

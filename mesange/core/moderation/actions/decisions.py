"""Deciding, lifting, answering: each decision is a strike with its reasons, sent to the person concerned."""

from dataclasses import replace

from mesange.core.accounts.actions.standing import lift_restriction, restrict_account
from mesange.core.accounts.model import Account, UserRole, Viewer
from mesange.core.accounts.queries import find_account, find_user, list_own_accounts
from mesange.core.moderation.actions.letters import send_answer, send_statement
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.actions.reports import resolve
from mesange.core.moderation.model import (
    AFTER_REFUSAL,
    APPEAL_LIFE,
    MOST_APPEAL,
    AlreadyAppealed,
    Decision,
    Ground,
    Measure,
    NotOverStaff,
    Strike,
    checked_decision,
    ids_text,
    may_appeal,
)
from mesange.core.moderation.queries import existing_rules, hold_report, hold_strike
from mesange.core.moderation.tables import strikes
from mesange.core.statuses.actions.moderated import mark_sensitive, remove_statuses
from mesange.events.moderation import DecisionAppealed, DecisionLifted, DecisionTaken
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.server import Server
from mesange.kit.text import clean


async def decide(server: Server, viewer: Viewer, decision: Decision) -> Strike | None:
    """Take a measure, tell the person concerned why, answer the report it came from; None when nothing was to be done.

    Raises Invalid, NotFound, Conflict (a report that is closed), Forbidden, NotOverStaff.
    """
    if viewer.role.rank == 0:
        raise Forbidden()
    measure, ground, text = checked_decision(decision)
    account = await _decidable(server, viewer, decision.account_id)
    rule_ids = await existing_rules(server.db, decision.rule_ids, withdrawn_too=True)
    strike = _strike(server, viewer, decision, measure, ground, text, rule_ids)
    async with server.db.transaction() as tx:
        report = await hold_report(tx, decision.report_id) if decision.report_id else None
        if report and report.target_id != account.id:
            raise NotFound()
        if measure is not Measure.NONE:
            await _carry_out(server, tx, account, strike, decision)
        await note_act(
            server, tx, viewer, f"decided: {measure.value}", f"account:{account.id}",
            strike=strike.id, ground=ground.value, report=decision.report_id, posts=list(decision.status_ids),
        )  # fmt: skip
        if report:
            await resolve(server, tx, viewer, report, is_acted_on=measure is not Measure.NONE)
    return strike if measure is not Measure.NONE else None


async def _decidable(server: Server, viewer: Viewer, account_id: int) -> Account:
    account = await find_account(server, account_id)
    if account is None or account.deleted_at:
        raise NotFound()
    user = await find_user(server.db, account.user_id) if account.user_id else None
    # Behind a pseudonym nobody is staff: a refusal would say whose pseudonym it is.
    role = user.role if user and not account.is_pseudonym else UserRole.USER
    if role.rank and role.rank >= viewer.role.rank:
        raise NotOverStaff()
    return account


def _strike(
    server: Server, viewer: Viewer, decision: Decision, measure: Measure, ground: Ground, text: str, rules: list[int]
) -> Strike:
    now = server.clock.now()
    return Strike(
        id=server.ids.next(),
        account_id=decision.account_id,
        measure=measure,
        ground=ground,
        text=text,
        rule_ids=ids_text(rules),
        status_ids=ids_text(decision.status_ids),
        is_automated=decision.is_automated,
        decided_by=viewer.account_id,
        report_id=decision.report_id,
        removal_at=now + APPEAL_LIFE if measure is Measure.SUSPEND else None,
    )


async def _carry_out(server: Server, tx: Transaction, account: Account, strike: Strike, decision: Decision) -> None:
    if strike.measure is Measure.DELETE:
        touched = await remove_statuses(server, tx, account.id, decision.status_ids)
    elif strike.measure is Measure.SENSITIVE:
        touched = await mark_sensitive(tx, account.id, decision.status_ids)
    else:
        touched = []
    if strike.measure.is_about_posts and not touched:
        raise Invalid("These posts are gone already.", field="status_ids")
    if strike.measure.restriction:
        await restrict_account(server, tx, account, strike.measure.restriction)
    await tx.insert(strikes, strike)
    await send_statement(server, tx, account, strike)
    tx.emit(DecisionTaken(strike_id=strike.id, account_id=account.id, measure=strike.measure.value))


async def lift_decision(server: Server, viewer: Viewer, strike_id: int) -> Strike:
    """Take a measure back; what was deleted stays deleted. Raises NotFound, Conflict when it is lifted already."""
    async with server.db.transaction() as tx:
        strike = await hold_strike(tx, strike_id)
        await _lift(server, tx, viewer, strike)
    return strike


async def _lift(server: Server, tx: Transaction, viewer: Viewer, strike: Strike) -> None:
    await note_act(
        server, tx, viewer, f"lifted: {strike.measure.value}", f"account:{strike.account_id}", strike=strike.id
    )
    now = server.clock.now()
    await tx.execute("UPDATE strikes SET lifted_at = ?, removal_at = NULL WHERE id = ?", now, strike.id)
    if strike.measure.restriction and not await _is_still_laid(tx, strike):
        await lift_restriction(tx, strike.account_id, strike.measure.restriction)
    tx.emit(DecisionLifted(strike_id=strike.id, account_id=strike.account_id, measure=strike.measure.value))


async def _is_still_laid(tx: Transaction, strike: Strike) -> bool:
    """By another decision that stands."""
    return bool(
        await tx.value(
            "SELECT 1 FROM strikes WHERE account_id = ? AND measure = ? AND lifted_at IS NULL AND id <> ? LIMIT 1",
            strike.account_id,
            strike.measure.value,
            strike.id,
        )
    )


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
            await _lift(server, tx, viewer, strike)
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

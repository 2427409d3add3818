"""Deciding and taking back: each decision is a strike with its reasons, sent to the person concerned."""

from mesange.core.accounts.actions.standing import lift_restriction, restrict_account
from mesange.core.accounts.model import Account, UserRole, Viewer
from mesange.core.accounts.queries import find_account, find_user
from mesange.core.moderation.actions.letters import Statement, preview_statements, send_statement
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.actions.reports import resolve
from mesange.core.moderation.model import (
    APPEAL_LIFE,
    Decision,
    Measure,
    NotOverStaff,
    Strike,
    checked_decision,
    ids_text,
)
from mesange.core.moderation.queries import existing_rules, hold_report, hold_strike
from mesange.core.moderation.tables import strikes
from mesange.core.statuses.actions.moderated import mark_sensitive, remove_statuses
from mesange.events.moderation import DecisionLifted, DecisionTaken
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.server import Server


async def decide(server: Server, viewer: Viewer, decision: Decision) -> Strike | None:
    """Take a measure, tell the person concerned why, answer the report it came from; None when nothing was to be done.

    Raises Invalid, NotFound, Conflict (a report that is closed), Forbidden, NotOverStaff.
    """
    account, strike = await _drafted(server, viewer, decision)
    measure = strike.measure
    async with server.db.transaction() as tx:
        report = await hold_report(tx, decision.report_id) if decision.report_id else None
        if report and report.target_id != account.id:
            raise NotFound()
        if measure is not Measure.NONE:
            await _carry_out(server, tx, account, strike, decision)
        await note_act(
            server, tx, viewer, f"decided: {measure.value}", f"account:{account.id}",
            strike=strike.id, ground=strike.ground.value, report=decision.report_id, posts=list(decision.status_ids),
        )  # fmt: skip
        if report:
            await resolve(server, tx, viewer, report, is_acted_on=measure is not Measure.NONE)
    return strike if measure is not Measure.NONE else None


async def preview_decision(server: Server, viewer: Viewer, decision: Decision) -> list[Statement]:
    """What the people concerned would read, once in each of their languages; nothing is written.

    Raises what `decide` raises about the decision itself.
    """
    account, strike = await _drafted(server, viewer, decision)
    return [] if strike.measure is Measure.NONE else await preview_statements(server, account, strike)


async def _drafted(server: Server, viewer: Viewer, decision: Decision) -> tuple[Account, Strike]:
    """The account, and the decision about it as it would be kept."""
    if viewer.role.rank == 0:
        raise Forbidden()
    measure, ground, text = checked_decision(decision)
    account = await _decidable(server, viewer, decision.account_id)
    rules = await existing_rules(server.db, decision.rule_ids, withdrawn_too=True)
    now = server.clock.now()
    strike = Strike(
        id=server.ids.next(),
        account_id=account.id,
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
    return account, strike


async def _decidable(server: Server, viewer: Viewer, account_id: int) -> Account:
    account = await find_account(server, account_id)
    if account is None or account.deleted_at:
        raise NotFound("This account is gone.")
    user = await find_user(server.db, account.user_id) if account.user_id else None
    # Behind a pseudonym nobody is staff: a refusal would say whose pseudonym it is.
    role = user.role if user and not account.is_pseudonym else UserRole.USER
    if role.rank and role.rank >= viewer.role.rank:
        raise NotOverStaff()
    return account


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
        await take_back(server, tx, viewer, strike)
    return strike


async def take_back(server: Server, tx: Transaction, viewer: Viewer, strike: Strike) -> None:
    """In a transaction that holds it and does more."""
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

"""Reporting, and closing a report. Whoever reports is told that it arrived, and what came of it."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.accounts.queries import get_account
from mesange.core.moderation.actions.letters import send_outcome, send_receipt
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.model import MOST_COMMENT, Report, ReportDraft, ReportNote, checked_report, ids_text
from mesange.core.moderation.queries import existing_rules, get_report, hold_report
from mesange.core.moderation.tables import report_notes, reports
from mesange.core.statuses.queries import only_visible
from mesange.events.moderation import ReportFiled, ReportResolved
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server
from mesange.kit.text import clean


async def file_report(server: Server, viewer: Viewer, draft: ReportDraft) -> Report:
    """Report an account, with posts of it that the viewer can read. Raises NotFound, Gone, Invalid.

    What one cannot read one cannot report: a report must not be a way to read it (F7 of the known attacks).
    """
    reporter_id = acting_account(viewer)
    category, comment = checked_report(reporter_id, draft)
    target = await get_account(server, draft.target_id)
    status_ids = sorted(set(draft.status_ids))
    visible = await only_visible(server, viewer, status_ids)
    if len(visible) < len(status_ids) or any(status.account_id != target.id for status in visible):
        raise NotFound()
    rule_ids = await existing_rules(server.db, draft.rule_ids)
    if len(rule_ids) < len(set(draft.rule_ids)):
        raise Invalid("This rule does not exist.", field="rule_ids")
    report = Report(
        id=server.ids.next(),
        account_id=reporter_id,
        target_id=target.id,
        category=category,
        comment=comment,
        status_ids=ids_text(status_ids),
        rule_ids=ids_text(rule_ids),
        is_forwarded=draft.forward and bool(target.domain),
    )
    async with server.db.transaction() as tx:
        await tx.insert(reports, report)
        await send_receipt(server, tx, report, target)
        tx.emit(ReportFiled(report_id=report.id, account_id=reporter_id, target_id=target.id))
    return report


async def close_report(server: Server, viewer: Viewer, report_id: int) -> None:
    """Nothing to be done: the reporter is told, the account that was reported is not. Raises NotFound, Conflict."""
    async with server.db.transaction() as tx:
        report = await hold_report(tx, report_id)
        await note_act(server, tx, viewer, "report closed", f"report:{report.id}", account=report.target_id)
        await resolve(server, tx, viewer, report, is_acted_on=False)


async def resolve(server: Server, tx: Transaction, viewer: Viewer, report: Report, *, is_acted_on: bool) -> None:
    await tx.execute(
        "UPDATE reports SET resolved_at = ?, resolved_by = ?, is_acted_on = ? WHERE id = ?",
        server.clock.now(),
        viewer.account_id,
        int(is_acted_on),
        report.id,
    )
    await send_outcome(server, tx, report, is_acted_on=is_acted_on)
    tx.emit(
        ReportResolved(
            report_id=report.id, account_id=report.account_id, target_id=report.target_id, is_acted_on=is_acted_on
        )
    )


async def take_report(server: Server, viewer: Viewer, report_id: int, *, mine: bool) -> None:
    """Say that one looks after it, or no longer. Raises NotFound, Conflict."""
    async with server.db.transaction() as tx:
        report = await hold_report(tx, report_id)
        assigned = viewer.account_id if mine else None
        await tx.execute("UPDATE reports SET assigned_to = ? WHERE id = ?", assigned, report.id)
        await note_act(server, tx, viewer, "report taken" if mine else "report left", f"report:{report.id}")


async def write_note(server: Server, viewer: Viewer, report_id: int, text: str) -> None:
    """A word for the staff alone, beside a report. Raises Invalid, NotFound."""
    report, text = await get_report(server.db, report_id), clean(text, MOST_COMMENT + 1)
    if not text or len(text) > MOST_COMMENT:
        raise Invalid("A note has 1 to 1000 signs.", field="note")
    async with server.db.transaction() as tx:
        await tx.insert(report_notes, ReportNote(server.ids.next(), report.id, viewer.account_id, text))
        await note_act(server, tx, viewer, "report note written", f"report:{report.id}")

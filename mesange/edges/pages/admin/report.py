"""One report: its posts, the notes of the staff, what the person concerned will read, and the decision."""

from collections.abc import Sequence

from markupsafe import Markup

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.moderation.actions.decisions import decide
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.actions.reports import close_report, take_report, write_note
from mesange.core.moderation.model import Measure, Report, ids_in
from mesange.core.moderation.queries import (
    ReportFilter,
    get_report,
    list_notes,
    list_reports,
    list_strikes_of,
    load_evidence,
    load_rules,
)
from mesange.core.statuses.model import Status
from mesange.edges.pages.admin.decision_form import BLANK, Preview, decision_form, decision_of, previewed, typed
from mesange.edges.pages.admin.reports import report_view
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.lists import window_of
from mesange.edges.pages.moderation_settings import strike_views
from mesange.front.errors import refused, told_of
from mesange.front.heads import heads_of
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Forbidden, Invalid, MesangeError, NotFound
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


async def show(visit: Visit) -> Response:
    return await _page(visit, Form.of(BLANK))


async def _page(
    visit: Visit, form: Form, error: MesangeError | None = None, preview: Preview | None = None
) -> Response:
    server = visit.server
    report = await get_report(server.db, visit.request.id("id"))
    statuses = await load_evidence(server, report)
    await _note_reading(visit, report, [each for each in statuses if each])
    accounts = await load_accounts(server, [report.account_id, report.target_id, *_answered(statuses)])
    rules = await load_rules(server.db, ids_in(report.rule_ids))
    notes = await list_notes(server.db, report.id)
    staff = await load_accounts(server, {each.account_id for each in notes} | {report.assigned_to or 0})
    evidence = await _evidence(visit, report, statuses, accounts)
    return await admin_page(
        visit,
        "report.html",
        status=error.http_status if error else 200,
        report=report_view(visit, report, accounts, tuple(rule.text_in(visit.language) for rule in rules), evidence),
        chosen=set(map(str, visit.ids("posts"))) if visit.text("measure") else {id for id, _ in evidence},
        strikes=await strike_views(visit, await list_strikes_of(server.db, report.target_id)),
        others=len(await list_reports(server.db, window_of(visit, 100), ReportFilter(target_id=report.target_id))) - 1,
        notes=[(_handle(staff, each.account_id), each.created_at, each.text) for each in notes],
        assigned=_handle(staff, report.assigned_to) if report.assigned_to else "",
        is_mine=report.assigned_to == visit.viewer.account_id,
        form=form,
        asked=await decision_form(visit, form, preview),
        notices=told_of(visit, error) if error else (),
    )


def _handle(staff: dict[int, Account], account_id: int) -> str:
    return f"@{staff[account_id].acct}" if account_id in staff else "—"


def _answered(statuses: Sequence[Status | None]) -> list[int]:
    return [each.in_reply_to_account_id for each in statuses if each and each.in_reply_to_account_id]


async def _evidence(
    visit: Visit, report: Report, statuses: Sequence[Status | None], accounts: dict[int, Account]
) -> tuple[tuple[str, Markup | None], ...]:
    kept = [each for each in statuses if each]
    heads = await heads_of(visit, kept, accounts)
    return tuple((str(id), heads.get(id)) for id in ids_in(report.status_ids))


async def _note_reading(visit: Visit, report: Report, statuses: Sequence[Status]) -> None:
    """Who reads for the staff what was not written for everyone leaves a trace."""
    closed = [each.id for each in statuses if not each.visibility.is_open]
    if closed:
        async with visit.server.db.transaction() as tx:
            await note_act(visit.server, tx, visit.viewer, "private posts read", f"report:{report.id}", posts=closed)


async def send(visit: Visit) -> Response:
    """Look after it, write a note, see before what will be read, decide, or close without a measure."""
    report = await get_report(visit.server.db, visit.request.id("id"))
    given = typed(visit) | {"note": visit.text("note")}
    try:
        if visit.text("take"):
            await take_report(visit.server, visit.viewer, report.id, mine=visit.text("take") == "mine")
            return visit.back(f"/admin/reports/{report.id}", told="saved")
        if visit.text("write"):
            await write_note(visit.server, visit.viewer, report.id, given["note"])
            return visit.back(f"/admin/reports/{report.id}", told="saved")
        if visit.text("preview"):
            return await _page(visit, Form.of(given), preview=await _preview(visit, report))
        await _decide(visit, report)
    except (Invalid, Conflict, Forbidden, NotFound) as error:
        return await _page(visit, refused(visit, given, error), error)
    return visit.back("/admin/reports", told="decided")


async def _preview(visit: Visit, report: Report) -> Preview:
    account = (await load_accounts(visit.server, [report.target_id])).get(report.target_id)
    decision = decision_of(visit, report.target_id, visit.ids("posts"), report.id)
    return await previewed(visit, decision, is_pseudonym=account is not None and account.is_pseudonym)


async def _decide(visit: Visit, report: Report) -> None:
    if visit.text("measure") == Measure.NONE:
        await close_report(visit.server, visit.viewer, report.id)
    else:
        decision = decision_of(visit, report.target_id, visit.ids("posts"), report.id)
        await decide(visit.server, visit.viewer, decision)

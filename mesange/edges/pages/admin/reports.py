"""Reports: the open ones, one with its posts, and the decision; and answers to decisions."""

from collections.abc import Sequence

from markupsafe import Markup

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.moderation.actions.decisions import answer_appeal, decide
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.actions.reports import close_report, take_report, write_note
from mesange.core.moderation.model import Decision, Measure, Report, ids_in
from mesange.core.moderation.queries import (
    ReportFilter,
    get_report,
    list_appeals,
    list_notes,
    list_reports,
    list_strikes_of,
    load_evidence,
    load_rules,
)
from mesange.core.statuses.model import Status
from mesange.edges.pages.admin.decision_form import decision_choices
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.admin.views import ReportView
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.edges.pages.moderation_settings import strike_views
from mesange.edges.pages.report import CATEGORIES
from mesange.front.errors import refused, told_of
from mesange.front.faces import account_view
from mesange.front.heads import heads_of
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Forbidden, Invalid, MesangeError, NotFound
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


async def show_all(visit: Visit) -> Response:
    """Open reports first of all; closed ones with ?closed=1."""
    is_open, window = not visit.text("closed"), window_of(visit, 40)
    only = ReportFilter(is_open=is_open, target_id=visit.id("about"))
    reports = await list_reports(visit.server.db, window, only)
    more = (() if is_open else (("closed", "1"),)) + ((("about", str(only.target_id)),) if only.target_id else ())
    appeals = await list_appeals(visit.server.db, window) if is_open and window.is_first else []
    return await admin_page(
        visit,
        "reports.html",
        reports=await _views(visit, reports),
        appeals=await strike_views(visit, appeals),
        is_open=is_open,
        page=page_of(window, [report.id for report in reports], Feed("/admin/reports", more=more)),
    )


async def _views(visit: Visit, reports: Sequence[Report]) -> list[ReportView]:
    accounts = await load_accounts(visit.server, {id for each in reports for id in (each.account_id, each.target_id)})
    return [
        _view(visit, report, accounts)
        for report in reports
        if report.account_id in accounts and report.target_id in accounts
    ]


def _view(
    visit: Visit,
    report: Report,
    accounts: dict[int, Account],
    rules: tuple[str, ...] = (),
    evidence: tuple[tuple[str, Markup | None], ...] = (),
) -> ReportView:
    return ReportView(
        id=str(report.id),
        target=account_view(visit.server, accounts[report.target_id]),
        reporter=account_view(visit.server, accounts[report.account_id]),
        category=visit.gettext(CATEGORIES[report.category]),
        comment=report.comment,
        posts=len(ids_in(report.status_ids)),
        reported_at=report.created_at,
        is_open=report.resolved_at is None,
        is_acted_on=report.is_acted_on,
        rules=rules,
        evidence=evidence,
    )


async def show(visit: Visit) -> Response:
    return await _page(visit, Form.of({"measure": Measure.WARN.value, "ground": "rule"}))


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
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
        report=_view(visit, report, accounts, tuple(rule.text_in(visit.language) for rule in rules), evidence),
        strikes=await strike_views(visit, await list_strikes_of(server.db, report.target_id)),
        others=len(await list_reports(server.db, window_of(visit, 100), ReportFilter(target_id=report.target_id))) - 1,
        notes=[(_handle(staff, each.account_id), each.created_at, each.text) for each in notes],
        assigned=_handle(staff, report.assigned_to) if report.assigned_to else "",
        is_mine=report.assigned_to == visit.viewer.account_id,
        form=form,
        notices=told_of(visit, error) if error else (),
        **await decision_choices(visit),
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
    """Decide, or close without a measure."""
    report = await get_report(visit.server.db, visit.request.id("id"))
    given = {name: visit.text(name) for name in ("measure", "ground", "text", "note")}
    try:
        if visit.text("take"):
            await take_report(visit.server, visit.viewer, report.id, mine=visit.text("take") == "mine")
            return visit.back(f"/admin/reports/{report.id}", told="saved")
        if visit.text("write"):
            await write_note(visit.server, visit.viewer, report.id, given["note"])
            return visit.back(f"/admin/reports/{report.id}", told="saved")
        if given["measure"] == Measure.NONE:
            await close_report(visit.server, visit.viewer, report.id)
        else:
            decision = Decision(
                account_id=report.target_id,
                measure=given["measure"],
                ground=given["ground"],
                text=given["text"],
                rule_ids=visit.ids("rules"),
                status_ids=visit.ids("posts"),
                report_id=report.id,
            )
            await decide(visit.server, visit.viewer, decision)
    except (Invalid, Conflict, Forbidden, NotFound) as error:
        return await _page(visit, refused(visit, given, error), error)
    return visit.back("/admin/reports", told="decided")


async def send_answer(visit: Visit) -> Response:
    """The answer to an appeal: take the decision back, or keep it."""
    await answer_appeal(visit.server, visit.viewer, visit.id("strike"), grants=visit.text("answer") == "grant")
    return visit.back("/admin/reports", told="decided")

"""Reports: the open ones and the closed ones; and answers to decisions."""

from collections.abc import Sequence

from markupsafe import Markup

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.moderation.actions.appeals import answer_appeal
from mesange.core.moderation.model import Report, ids_in
from mesange.core.moderation.queries import ReportFilter, list_appeals, list_reports
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.admin.views import ReportView
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.edges.pages.moderation_settings import strike_views
from mesange.edges.pages.report import CATEGORIES
from mesange.front.faces import account_view
from mesange.front.visit import Visit
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
        report_view(visit, report, accounts)
        for report in reports
        if report.account_id in accounts and report.target_id in accounts
    ]


def report_view(
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


async def send_answer(visit: Visit) -> Response:
    """The answer to an appeal: take the decision back, or keep it."""
    await answer_appeal(visit.server, visit.viewer, visit.id("strike"), grants=visit.text("answer") == "grant")
    return visit.back("/admin/reports", told="decided")

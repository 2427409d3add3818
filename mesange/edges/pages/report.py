"""Reporting an account, or a post of it."""

from mesange.core.accounts.queries import get_account
from mesange.core.moderation.actions.reports import file_report
from mesange.core.moderation.model import Category, ReportDraft
from mesange.core.moderation.queries import list_rules
from mesange.front.cards import cards_of
from mesange.front.errors import refused
from mesange.front.faces import account_view, url_of
from mesange.front.limits import REPORTS, count
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response

CATEGORIES = {
    Category.VIOLATION: _("It breaks a rule of this place"),
    Category.SPAM: _("It is spam"),
    Category.LEGAL: _("It is illegal"),
    Category.OTHER: _("Something else"),
}


async def show(visit: Visit) -> Response:
    return await _page(visit, Form.of({"category": Category.VIOLATION.value}), visit.id("status"))


async def _page(visit: Visit, form: Form, status_id: int, error: MesangeError | None = None) -> Response:
    account = await get_account(visit.server, visit.request.id("id"))
    rules = await list_rules(visit.server.db)
    return await visit.page(
        "report.html",
        place="report",
        status=error.http_status if error else 200,
        account=account_view(visit.server, account),
        back=url_of(account),
        action=f"/accounts/{account.id}/report",
        cards=await cards_of(visit, [status_id] if status_id else []),
        status_id=str(status_id) if status_id else "",
        categories=[(value.value, visit.gettext(label)) for value, label in CATEGORIES.items()],
        rules=[(str(rule.id), rule.text_in(visit.language)) for rule in rules],
        form=form,
        notices=(Told(visit.gettext(error.public_text), "problem"),) if error else (),
    )


async def send(visit: Visit) -> Response:
    count(visit, REPORTS)
    status_id = visit.id("status")
    category = visit.text("category") or Category.OTHER.value
    draft = ReportDraft(
        target_id=visit.request.id("id"),
        status_ids=[status_id] if status_id else [],
        comment=visit.text("comment"),
        category=category,
        rule_ids=visit.ids("rules") if category == Category.VIOLATION else [],
        forward=bool(visit.text("forward")),
    )
    try:
        await file_report(visit.server, visit.viewer, draft)
    except Invalid as error:
        form = refused(visit, {"comment": draft.comment, "category": draft.category}, error)
        return await _page(visit, form, status_id, error)
    account = await get_account(visit.server, draft.target_id)
    return visit.back(url_of(account), told="reported")

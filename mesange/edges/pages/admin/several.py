"""One decision about several accounts: who they are, what each will read, and then all of them, or those left named."""

from collections.abc import Mapping, Sequence

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.moderation.actions.several import Undecided, decide_about_several
from mesange.edges.pages.admin.account_rows import account_row
from mesange.edges.pages.admin.decision_form import (
    ABOUT_ACCOUNTS,
    BLANK,
    Preview,
    decision_form,
    decision_of,
    previewed,
    typed,
)
from mesange.edges.pages.admin.sections import admin_page
from mesange.front.errors import refused, told_of
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Forbidden, Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response

LIST = "/admin/accounts"


async def show(visit: Visit) -> Response:
    chosen = await _chosen(visit)
    return await _page(visit, chosen, Form.of(BLANK)) if chosen else visit.back(LIST, told="none-chosen")


async def _chosen(visit: Visit) -> list[Account]:
    ids = list(dict.fromkeys(visit.ids("chosen")))
    found = await load_accounts(visit.server, ids)
    return [found[id] for id in ids if id in found]


async def _page(
    visit: Visit,
    accounts: Sequence[Account],
    form: Form,
    error: MesangeError | None = None,
    preview: Preview | None = None,
) -> Response:
    return await admin_page(
        visit,
        "several.html",
        status=error.http_status if error else 200,
        rows=[account_row(visit, account) for account in accounts],
        asked=await decision_form(visit, form, preview, ABOUT_ACCOUNTS),
        notices=told_of(visit, error) if error else (),
    )


async def send(visit: Visit) -> Response:
    """Decide about all of them, or see before what the first of them will read."""
    accounts = await _chosen(visit)
    if not accounts:
        return visit.back(LIST, told="none-chosen")
    first = accounts[0]
    decision = decision_of(visit, first.id)
    try:
        if visit.text("preview"):
            preview = await previewed(visit, decision, f"@{first.acct}", is_pseudonym=first.is_pseudonym)
            return await _page(visit, accounts, Form.of(typed(visit)), preview=preview)
        left = await decide_about_several(visit.server, visit.viewer, [each.id for each in accounts], decision)
    except (Invalid, Conflict, Forbidden) as error:
        return await _page(visit, accounts, refused(visit, typed(visit), error), error)
    if left:
        return await _left(visit, {account.id: account for account in accounts}, left)
    return visit.back(LIST, told="decided")


async def _left(visit: Visit, accounts: Mapping[int, Account], left: Sequence[Undecided]) -> Response:
    """Those about whom nothing was decided, each with the reason, and what was typed."""
    sentence = _("Decided about %(done)s of %(all)s. About these nothing was decided:")
    told = visit.gettext(sentence, done=len(accounts) - len(left), all=len(accounts))
    rows = [
        account_row(visit, accounts[each.account_id], hindrance=visit.gettext(each.error.public_text)) for each in left
    ]
    asked = await decision_form(visit, Form.of(typed(visit)), measures=ABOUT_ACCOUNTS)
    notices = (Told(told, "problem"),)
    return await admin_page(visit, "several.html", status=409, rows=rows, asked=asked, notices=notices)

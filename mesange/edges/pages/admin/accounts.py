"""Accounts: finding one, seeing how it stands, deciding about it, lifting its rate limits."""

from mesange.core.accounts.actions.standing import lift_rate_limits
from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import find_account, find_user, load_account_stats
from mesange.core.moderation.actions.decisions import decide, lift_decision
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.model import Decision, Measure
from mesange.core.moderation.queries import list_strikes_of, search_accounts
from mesange.edges.pages.admin.decision_form import decision_choices
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.admin.views import AccountRow
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.edges.pages.moderation_settings import strike_views
from mesange.front.errors import refused, told_of
from mesange.front.faces import account_view
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Forbidden, Invalid, MesangeError, NotFound
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response

STATES = {
    "": _("All"),
    "local": _("Here"),
    "remote": _("Elsewhere"),
    "limited": _("Limited"),
    "frozen": _("Frozen"),
    "suspended": _("Suspended"),
    "waiting": _("Waiting"),
    "staff": _("Staff"),
}
ABOUT_ACCOUNTS = (Measure.WARN, Measure.LIMIT, Measure.FREEZE, Measure.SUSPEND)


async def show_all(visit: Visit) -> Response:
    window, wanted, state = window_of(visit, 40), visit.text("q")[:320], visit.text("state")
    found = await search_accounts(visit.server.db, wanted, state, window)
    more = tuple((name, value) for name, value in (("q", wanted), ("state", state)) if value)
    return await admin_page(
        visit,
        "accounts.html",
        rows=[_row(visit, account) for account in found],
        q=wanted,
        state=state,
        states=[(value, visit.gettext(label)) for value, label in STATES.items()],
        page=page_of(window, [account.id for account in found], Feed("/admin/accounts", more=more)),
    )


def _row(visit: Visit, account: Account, login: str = "", role: str = "") -> AccountRow:
    laid = (("limited", account.limited_at), ("frozen", account.frozen_at), ("suspended", account.suspended_at))
    return AccountRow(
        account=account_view(visit.server, account),
        created_at=account.created_at,
        states=tuple(visit.gettext(STATES[name]) for name, at in laid if at),
        login=login,
        role=role,
        has_free_limits=account.limits_lifted_at is not None,
    )


async def show(visit: Visit) -> Response:
    return await _page(visit, Form.of({"measure": Measure.WARN.value, "ground": "rule"}))


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    server = visit.server
    account = await _account(visit)
    user = await find_user(server.db, account.user_id) if account.user_id and not account.is_pseudonym else None
    row = _row(visit, account, user.email if user else "", user.role.value if user else "")
    choices = await decision_choices(visit)
    choices["measures"] = [each for each in choices["measures"] if each[0] in ABOUT_ACCOUNTS]
    return await admin_page(
        visit,
        "account.html",
        status=error.http_status if error else 200,
        row=row,
        stats=(await load_account_stats(server, [account.id]))[account.id],
        strikes=await strike_views(visit, await list_strikes_of(server.db, account.id)),
        form=form,
        notices=told_of(visit, error) if error else (),
        **choices,
    )


async def _account(visit: Visit) -> Account:
    account = await find_account(visit.server, visit.request.id("id"))
    if account is None:
        raise NotFound()
    return account


async def send(visit: Visit) -> Response:
    """Decide, take a decision back, or change the rate limits."""
    account = await _account(visit)
    here = f"/admin/accounts/{account.id}"
    if visit.text("limits"):
        await _change_limits(visit, account.id, lifted=visit.text("limits") == "lift")
        return visit.back(here, told="saved")
    given = {name: visit.text(name) for name in ("measure", "ground", "text")}
    try:
        if visit.text("lift"):
            await lift_decision(visit.server, visit.viewer, visit.id("lift"))
            return visit.back(here, told="lifted")
        decision = Decision(account.id, given["measure"], given["ground"], given["text"], visit.ids("rules"))
        await decide(visit.server, visit.viewer, decision)
    except (Invalid, Conflict, Forbidden) as error:
        return await _page(visit, refused(visit, given, error), error)
    return visit.back(here, told="decided")


async def _change_limits(visit: Visit, account_id: int, *, lifted: bool) -> None:
    kind = "limits lifted" if lifted else "limits set again"
    async with visit.server.db.transaction() as tx:
        await note_act(visit.server, tx, visit.viewer, kind, f"account:{account_id}")
        await lift_rate_limits(visit.server, tx, account_id, lifted=lifted)

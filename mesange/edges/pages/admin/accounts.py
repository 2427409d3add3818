"""Accounts: finding one, seeing how it stands, deciding about it, lifting its rate limits."""

from mesange.core.accounts.actions.standing import lift_rate_limits
from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import find_account, find_user, load_account_stats
from mesange.core.moderation.actions.decisions import decide, lift_decision
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.queries import list_strikes_of, search_accounts
from mesange.edges.pages.admin.account_rows import STATES, account_row
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
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.edges.pages.moderation_settings import strike_views
from mesange.front.errors import refused, told_of
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Forbidden, Invalid, MesangeError, NotFound
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


async def show_all(visit: Visit) -> Response:
    window, wanted, state = window_of(visit, 40), visit.text("q")[:320], visit.text("state")
    found = await search_accounts(visit.server.db, wanted, state, window)
    more = tuple((name, value) for name, value in (("q", wanted), ("state", state)) if value)
    return await admin_page(
        visit,
        "accounts.html",
        rows=[account_row(visit, account) for account in found],
        q=wanted,
        state=state,
        states=[(value, visit.gettext(label)) for value, label in STATES.items()],
        page=page_of(window, [account.id for account in found], Feed("/admin/accounts", more=more)),
    )


async def show(visit: Visit) -> Response:
    return await _page(visit, await _account(visit), Form.of(BLANK))


async def _page(
    visit: Visit, account: Account, form: Form, error: MesangeError | None = None, preview: Preview | None = None
) -> Response:
    server = visit.server
    user = await find_user(server.db, account.user_id) if account.user_id and not account.is_pseudonym else None
    return await admin_page(
        visit,
        "account.html",
        status=error.http_status if error else 200,
        row=account_row(visit, account, user.email if user else "", user.role.value if user else ""),
        stats=(await load_account_stats(server, [account.id]))[account.id],
        strikes=await strike_views(visit, await list_strikes_of(server.db, account.id)),
        asked=await decision_form(visit, form, preview, ABOUT_ACCOUNTS),
        notices=told_of(visit, error) if error else (),
    )


async def _account(visit: Visit) -> Account:
    account = await find_account(visit.server, visit.request.id("id"))
    if account is None:
        raise NotFound()
    return account


async def send(visit: Visit) -> Response:
    """Decide, see before what will be read, take a decision back, or change the rate limits."""
    account = await _account(visit)
    here = f"/admin/accounts/{account.id}"
    if visit.text("limits"):
        await _change_limits(visit, account.id, lifted=visit.text("limits") == "lift")
        return visit.back(here, told="saved")
    try:
        if visit.text("lift"):
            await lift_decision(visit.server, visit.viewer, visit.id("lift"))
            return visit.back(here, told="lifted")
        decision = decision_of(visit, account.id)
        if visit.text("preview"):
            preview = await previewed(visit, decision, is_pseudonym=account.is_pseudonym)
            return await _page(visit, account, Form.of(typed(visit)), preview=preview)
        await decide(visit.server, visit.viewer, decision)
    except (Invalid, Conflict, Forbidden) as error:
        return await _page(visit, account, refused(visit, typed(visit), error), error)
    return visit.back(here, told="decided")


async def _change_limits(visit: Visit, account_id: int, *, lifted: bool) -> None:
    kind = "limits lifted" if lifted else "limits set again"
    async with visit.server.db.transaction() as tx:
        await note_act(visit.server, tx, visit.viewer, kind, f"account:{account_id}")
        await lift_rate_limits(visit.server, tx, account_id, lifted=lifted)

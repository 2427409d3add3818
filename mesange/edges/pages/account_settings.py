"""The accounts one posts as: adding one, switching between them."""

from mesange.core.accounts.actions.accounts import add_own_account
from mesange.core.accounts.actions.sessions import switch_account
from mesange.front.errors import refused, told_of
from mesange.front.guard import safe_return
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Forbidden, Invalid, MesangeError
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


async def show(visit: Visit) -> Response:
    return await _page(visit, Form())


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    return await visit.page(
        "settings_accounts.html",
        status=error.http_status if error else 200,
        place="gear",
        form=form,
        domain=visit.server.settings.domain,
        notices=told_of(visit, error) if error else (),
    )


async def add(visit: Visit) -> Response:
    username = visit.text("username")
    try:
        is_pseudonym = bool(visit.text("pseudonym"))
        account = await add_own_account(visit.server, visit.viewer, username, is_pseudonym=is_pseudonym)
    except (Invalid, Conflict, Forbidden) as error:
        return await _page(
            visit, refused(visit, {"username": username, "pseudonym": visit.text("pseudonym")}, error), error
        )
    await switch_account(visit.server, visit.viewer, account.id)
    return visit.back("/settings/profile", told="added")


async def switch(visit: Visit) -> Response:
    await switch_account(visit.server, visit.viewer, visit.id("account"))
    return visit.back(safe_return(visit.fields.get("return")), told="switched")

"""The one-time link with which the first person opens their server."""

from mesange.core.accounts.actions.users import SignUp, check_owner_link, create_owner
from mesange.edges.pages.sign_in import enter
from mesange.front.errors import refused, told_of
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Invalid, MesangeError
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


async def show(visit: Visit) -> Response:
    """Raises NotFound once the link was used."""
    await check_owner_link(visit.server, visit.request.segments["token"])
    return await _page(visit, Form())


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    return await visit.page(
        "owner.html",
        status=error.http_status if error else 200,
        form=form,
        domain=visit.server.settings.domain,
        notices=told_of(visit, error) if error else (),
    )


async def send(visit: Visit) -> Response:
    given = SignUp(visit.text("username"), visit.text("email"), visit.text("password"), visit.language)
    try:
        user, _account = await create_owner(visit.server, visit.request.segments["token"], given)
    except (Invalid, Conflict) as error:
        return await _page(visit, refused(visit, {"username": given.username, "email": given.email}, error), error)
    return await enter(visit, user, "/")

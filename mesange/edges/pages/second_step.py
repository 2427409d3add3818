"""The second step of signing in, and signing in by passkey."""

from mesange.core.accounts.actions.challenges import BeginAgain
from mesange.core.accounts.actions.passkeys import begin_use_of_passkey, use_passkey
from mesange.core.accounts.actions.second_factors import WrongCode, finish_second_step
from mesange.core.accounts.actions.sessions import NotAccepted
from mesange.core.accounts.model.second_factors import Challenge
from mesange.core.accounts.queries import find_challenge
from mesange.edges.pages.sign_in import enter, waiting
from mesange.front.errors import refused, told_of
from mesange.front.guard import safe_return
from mesange.front.limits import CODES, CODES_OF_ONE, count
from mesange.front.visit import Visit
from mesange.kit.errors import MesangeError
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response, redirect


async def show(visit: Visit) -> Response:
    """Whoever did not give a right password just now is sent to do it."""
    if await _begun(visit) is None:
        return redirect("/sign-in")
    return await _page(visit, Form())


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    return await visit.page(
        "sign_in_code.html",
        status=error.http_status if error else 200,
        form=form,
        return_to=safe_return(visit.fields.get("return")),
        notices=told_of(visit, error) if error else (),
    )


async def _begun(visit: Visit) -> int | None:
    server = visit.server
    asked = await find_challenge(server.db, visit.secret, Challenge.SECOND_STEP, server.clock.now())
    return asked.user_id if asked else None


async def send(visit: Visit) -> Response:
    count(visit, CODES)
    if user_id := await _begun(visit):
        count(visit, CODES_OF_ONE, str(user_id))
    try:
        user = await finish_second_step(visit.server, visit.secret, visit.text("code"))
    except WrongCode as error:
        return await _page(visit, refused(visit, {}, error), error)
    except BeginAgain:
        return visit.back("/sign-in", told="begin-again")
    return await enter(visit, user, safe_return(visit.fields.get("return")))


async def passkey_options(visit: Visit) -> Response:
    """What the browser asks its authenticator."""
    count(visit, CODES)
    return Response((await begin_use_of_passkey(visit.server, visit.secret)).encode())


async def send_passkey(visit: Visit) -> Response:
    count(visit, CODES)
    try:
        user = await use_passkey(visit.server, visit.secret, visit.text("credential"))
    except NotAccepted as error:
        return await waiting(visit, error.http_status)
    return await enter(visit, user, safe_return(visit.fields.get("return")))

"""Passkeys of one's own: adding one, removing one; and showing once more that it is oneself."""

from mesange.core.accounts.actions.credentials import note_proof, prove_by_password
from mesange.core.accounts.actions.passkeys import (
    BadPasskey,
    CopiedPasskey,
    add_passkey,
    begin_new_passkey,
    begin_use_of_passkey,
    remove_passkey,
    use_passkey,
)
from mesange.core.accounts.actions.second_factors import WrongCode
from mesange.core.accounts.actions.sessions import WrongPassword
from mesange.core.accounts.queries import find_second_factor, list_passkeys
from mesange.edges.pages.security_settings import page, person
from mesange.front.endpoints import SECURITY
from mesange.front.errors import refused, told_of
from mesange.front.guard import safe_return
from mesange.front.limits import CODES, CODES_OF_ONE, count
from mesange.front.visit import Visit
from mesange.kit.errors import Forbidden, Invalid, MesangeError
from mesange.kit.web.frame import Form
from mesange.kit.web.limits import network_of
from mesange.kit.web.response import Response


async def new_options(visit: Visit) -> Response:
    """What the browser asks its authenticator."""
    return Response((await begin_new_passkey(visit.server, await person(visit), visit.secret)).encode())


async def add(visit: Visit) -> Response:
    name = visit.text("name")
    try:
        await add_passkey(visit.server, await person(visit), visit.secret, visit.text("credential"), name)
    except (Invalid, Forbidden) as error:
        return await page(visit, refused(visit, {"name": name}, error), error)
    return visit.back(SECURITY, told="passkey-added")


async def remove(visit: Visit) -> Response:
    await remove_passkey(visit.server, await person(visit), visit.id("remove"))
    return visit.back(SECURITY, told="passkey-removed")


async def show_prove(visit: Visit) -> Response:
    return await _prove_page(visit, Form())


async def _prove_page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    server, user_id = visit.server, visit.viewer.user_id
    return await visit.page(
        "prove.html",
        status=error.http_status if error else 200,
        form=form,
        return_to=safe_return(visit.fields.get("return")),
        asks_code=await find_second_factor(server.db, user_id) is not None,
        has_passkey=bool(await list_passkeys(server.db, user_id)),
        notices=told_of(visit, error) if error else (),
    )


async def prove(visit: Visit) -> Response:
    _count(visit)
    try:
        await prove_by_password(visit.server, visit.viewer, visit.text("password"), visit.text("code"))
    except (WrongPassword, WrongCode) as error:
        return await _prove_page(visit, refused(visit, {}, error), error)
    return visit.back(safe_return(visit.fields.get("return")))


async def prove_options(visit: Visit) -> Response:
    _count(visit)
    return Response((await begin_use_of_passkey(visit.server, visit.secret)).encode())


async def prove_by_passkey(visit: Visit) -> Response:
    """Raises BadPasskey for somebody else's, however good."""
    _count(visit)
    try:
        user = await use_passkey(visit.server, visit.secret, visit.text("credential"))
        if user.id != visit.viewer.user_id:
            raise BadPasskey()
    except (BadPasskey, CopiedPasskey) as error:
        return await _prove_page(visit, Form(), error)
    await note_proof(visit.server, visit.viewer)
    return visit.back(safe_return(visit.fields.get("return")))


def _count(visit: Visit) -> None:
    """By login and by network: a stolen cookie may not try passwords."""
    count(visit, CODES_OF_ONE)
    count(visit, CODES, network_of(visit.request.client_address))

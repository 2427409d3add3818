"""What one signs in with: password, mail address, codes and their recovery, passkeys."""

from dataclasses import dataclass

from mesange.core.accounts.actions.credentials import ask_for_new_email
from mesange.core.accounts.actions.second_factors import (
    WrongCode,
    begin_codes,
    confirm_codes,
    remove_codes,
    renew_recovery_codes,
)
from mesange.core.accounts.actions.users import set_password
from mesange.core.accounts.model import Hindrance, User
from mesange.core.accounts.queries import count_recovery_codes, find_second_factor, find_user, list_passkeys
from mesange.edges.pages.qr import qr_picture
from mesange.edges.pages.sign_in import enter
from mesange.front.endpoints import SECURITY
from mesange.front.errors import refused, told_of
from mesange.front.limits import CODES_OF_ONE, NEW_ADDRESSES, NEW_ADDRESSES_OF_ONE, count
from mesange.front.views import Ids, Milliseconds
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Invalid, MesangeError, NotFound
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


@dataclass(frozen=True, slots=True)
class PasskeyView:
    id: Ids
    name: str
    created_at: Milliseconds
    used_at: Milliseconds | None
    is_blocked: bool = False


@dataclass(frozen=True, slots=True)
class SecurityView:
    """What a person signs in with. `must_secure`: their role asks for a second factor first."""

    email: str
    codes_since: Milliseconds | None
    recovery_codes: int
    passkeys: tuple[PasskeyView, ...]
    must_secure: bool = False


async def person(visit: Visit) -> User:
    user = await find_user(visit.server.db, visit.viewer.user_id)
    if user is None:
        raise NotFound()
    return user


async def show(visit: Visit) -> Response:
    return await page(visit, Form.of({"name": visit.gettext(_("My passkey"))}))


async def page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    server, user = visit.server, await person(visit)
    factor = await find_second_factor(server.db, user.id)
    held = await list_passkeys(server.db, user.id)
    return await visit.page(
        "settings_security.html",
        status=error.http_status if error else 200,
        place="gear",
        form=form,
        security=SecurityView(
            email=user.email,
            codes_since=factor.created_at if factor else None,
            recovery_codes=await count_recovery_codes(server.db, user.id),
            passkeys=tuple(
                PasskeyView(str(each.id), each.name, each.created_at, each.used_at, each.alarmed_at is not None)
                for each in held
            ),
            must_secure=visit.viewer.hindrance is Hindrance.UNSECURED,
        ),
        notices=told_of(visit, error) if error else (),
    )


async def change_password(visit: Visit) -> Response:
    """Every session and token ends; this browser begins a new one."""
    user = await person(visit)
    try:
        await set_password(visit.server, user.id, visit.text("password"))
    except Invalid as error:
        return await page(visit, refused(visit, {}, error), error)
    return visit.telling(await enter(visit, user, SECURITY), "password-changed")


async def change_email(visit: Visit) -> Response:
    email = visit.text("email")
    count(visit, NEW_ADDRESSES)
    count(visit, NEW_ADDRESSES_OF_ONE, email.strip().lower()[:320])
    try:
        await ask_for_new_email(visit.server, await person(visit), email)
    except (Invalid, Conflict) as error:
        return await page(visit, refused(visit, {"email": email}, error), error)
    return visit.back(SECURITY, told="letter-sent")


async def show_codes(visit: Visit) -> Response:
    return await _codes_page(visit, Form())


async def _codes_page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    """A fresh secret each time: what was once on a screen is not shown again."""
    codes = await begin_codes(visit.server, await person(visit), visit.secret)
    return await visit.page(
        "settings_codes.html",
        status=error.http_status if error else 200,
        place="gear",
        form=form,
        picture=qr_picture(codes.address),
        secret=" ".join(codes.secret[at : at + 4] for at in range(0, len(codes.secret), 4)),
        notices=told_of(visit, error) if error else (),
    )


async def send_codes(visit: Visit) -> Response:
    count(visit, CODES_OF_ONE)
    try:
        codes = await confirm_codes(visit.server, await person(visit), visit.secret, visit.text("code"))
    except WrongCode as error:
        return await _codes_page(visit, refused(visit, {}, error), error)
    return await _recovery_page(visit, codes)


async def stop_codes(visit: Visit) -> Response:
    await remove_codes(visit.server, await person(visit))
    return visit.back(SECURITY, told="codes-off")


async def renew(visit: Visit) -> Response:
    return await _recovery_page(visit, await renew_recovery_codes(visit.server, await person(visit)))


async def _recovery_page(visit: Visit, codes: list[str]) -> Response:
    return await visit.page("settings_recovery.html", place="gear", codes=codes)

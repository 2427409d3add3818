"""Signing in and out."""

from contextlib import suppress
from urllib.parse import parse_qs, quote, urlsplit

from mesange.core.accounts.actions.second_factors import begin_second_step
from mesange.core.accounts.actions.sessions import (
    Browser,
    NotAccepted,
    NotConfirmed,
    check_password,
    end_session,
    start_session,
)
from mesange.core.accounts.actions.users import send_confirmation
from mesange.core.accounts.model import User
from mesange.core.accounts.queries import find_second_factor, find_user_by_email
from mesange.front.errors import told_of
from mesange.front.guard import safe_return, set_cookie
from mesange.front.limits import SIGN_INS, SIGN_INS_OF_ONE, count
from mesange.front.visit import Visit
from mesange.kit.errors import Forbidden, MesangeError, NotFound, Unauthorized
from mesange.kit.secrets import new_secret
from mesange.kit.web.catalogue import LANGUAGES
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response, redirect


async def show(visit: Visit) -> Response:
    return_to = safe_return(visit.fields.get("return"))
    if visit.viewer.user_id and not visit.text("again"):
        return redirect(return_to)
    visit.language = language_in(return_to) or visit.language
    return await _page(visit, return_to)


async def _page(visit: Visit, return_to: str, error: MesangeError | None = None) -> Response:
    return await visit.page(
        "sign_in.html",
        status=error.http_status if error else 200,
        form=Form.of({"email": visit.text("email")}),
        return_to=return_to,
        notices=told_of(visit, error) if error else (),
    )


async def send(visit: Visit) -> Response:
    return_to = safe_return(visit.fields.get("return"))
    email = visit.text("email")
    count(visit, SIGN_INS)
    count(visit, SIGN_INS_OF_ONE, email.strip().lower()[:320])
    try:
        user = await check_password(visit.server, email, visit.text("password"))
    except NotConfirmed as error:
        await _send_link_again(visit, email)
        return await _page(visit, return_to, error)
    except NotAccepted as error:
        return await waiting(visit, error.http_status)
    except (Unauthorized, Forbidden) as error:
        return await _page(visit, return_to, error)
    if await find_second_factor(visit.server.db, user.id):
        return await ask_second_step(visit, user, return_to)
    return await enter(visit, user, return_to)


async def ask_second_step(visit: Visit, user: User, return_to: str) -> Response:
    """Under a cookie that no page before has seen: what somebody else began in this browser leads nowhere."""
    secret = new_secret()
    await begin_second_step(visit.server, user, secret)
    response = redirect(f"/sign-in/code?return={quote(return_to)}")
    return set_cookie(response, visit.server.settings, "visit", secret, days=1)


async def enter(visit: Visit, user: User, address: str) -> Response:
    """A new session: whatever cookie came before is worth nothing now, and the session it stood for ends."""
    if visit.viewer.session_id:
        with suppress(NotFound):  # A new password has ended it already.
            await end_session(visit.server, visit.viewer, visit.viewer.session_id)
    browser = Browser(visit.request.client_address, visit.request.header(b"user-agent"))
    secret = await start_session(visit.server, user, browser)
    return set_cookie(redirect(address), visit.server.settings, "session", secret)


async def waiting(visit: Visit, status: int = 200) -> Response:
    return await visit.page(
        "told.html",
        status=status,
        title=visit.gettext(_("Your sign-up is being read")),
        text=visit.gettext(
            _("Somebody here looks at each sign-up. It can take a day or two; you will get a mail, then you sign in.")
        ),
        next_url="/local",
        next_text=visit.gettext(_("Read what people write here")),
    )


def language_in(address: str) -> str:
    """The language that an application asked for in the address of its consent page."""
    asked = parse_qs(urlsplit(address).query).get("lang", [""])[0][:2].lower()
    return asked if asked in LANGUAGES else ""


async def _send_link_again(visit: Visit, email: str) -> None:
    user = await find_user_by_email(visit.server.db, email)
    if user:
        await send_confirmation(visit.server, user)


async def out(visit: Visit) -> Response:
    await end_session(visit.server, visit.viewer, visit.viewer.session_id)
    response = visit.back(safe_return(visit.fields.get("return")), told="out")
    return set_cookie(response, visit.server.settings, "session", "", days=0)

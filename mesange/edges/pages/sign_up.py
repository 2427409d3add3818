"""Creating an account, and confirming its mail address."""

from mesange.core.accounts.actions.users import SignUp, confirm_email
from mesange.core.accounts.actions.users import sign_up as create
from mesange.core.accounts.model import Purpose
from mesange.core.accounts.queries import find_mail_link
from mesange.edges.pages.errors import refused, told_of
from mesange.edges.pages.limits import SIGN_UPS, count
from mesange.edges.pages.sign_in import enter
from mesange.edges.pages.visit import Visit
from mesange.kit.errors import Conflict, Invalid, MesangeError, NotFound
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


async def show(visit: Visit) -> Response:
    if visit.server.settings.registrations == "closed":
        return await visit.page(
            "told.html",
            title=visit.gettext(_("Sign-up is closed")),
            text=visit.gettext(_("New accounts are made by the people who run this server.")),
            next_url="/",
            next_text=visit.gettext(_("Go to the home page")),
        )
    return await _page(visit, Form())


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    return await visit.page(
        "sign_up.html",
        status=error.http_status if error else 200,
        form=form,
        domain=visit.server.settings.domain,
        notices=told_of(visit, error) if error else (),
    )


async def send(visit: Visit) -> Response:
    count(visit, SIGN_UPS)
    given = SignUp(visit.text("username"), visit.text("email"), visit.text("password"), visit.language)
    try:
        user, _account = await create(visit.server, given)
    except (Invalid, Conflict) as error:
        return await _page(visit, refused(visit, {"username": given.username, "email": given.email}, error), error)
    written = _("We wrote to %(address)s. Open the link in the letter and you are in.")
    return await visit.page(
        "told.html",
        title=visit.gettext(_("Look in your mail")),
        text=visit.gettext(written, address=user.email),
        next_url="/dev/outbox" if visit.server.mail.is_kept_here else "",
        next_text=visit.gettext(_("Open the outbox of the development server")),
    )


async def show_confirm(visit: Visit) -> Response:
    """A page with a button: programs that follow the links in mails confirm nothing. Raises NotFound."""
    server, token = visit.server, visit.request.segments["token"]
    if await find_mail_link(server.db, token, Purpose.CONFIRM, server.clock.now()) is None:
        raise NotFound("This link is not good any more. Sign in to get a new one.")
    return await visit.page("confirm.html")


async def confirm(visit: Visit) -> Response:
    """Whoever holds the letter is who signed up: they are in."""
    user = await confirm_email(visit.server, visit.request.segments["token"])
    return visit.telling(await enter(visit, user, "/"), "confirmed")

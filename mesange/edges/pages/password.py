"""A forgotten password, and a new mail address: links that come by mail."""

from mesange.core.accounts.actions.credentials import confirm_new_email as use_new_email
from mesange.core.accounts.actions.users import WornLink, ask_for_reset, reset_password
from mesange.core.accounts.model import Purpose
from mesange.core.accounts.queries import find_mail_link
from mesange.front.errors import refused
from mesange.front.limits import RESETS, RESETS_OF_ONE, count
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


async def ask(visit: Visit) -> Response:
    return await visit.page("reset_ask.html", form=Form())


async def send_link(visit: Visit) -> Response:
    """The same answer whether the address is known or not."""
    email = visit.text("email")[:320]
    count(visit, RESETS)
    count(visit, RESETS_OF_ONE, email.strip().lower())
    await ask_for_reset(visit.server, email)
    return await visit.page(
        "told.html",
        title=visit.gettext(_("Look in your mail")),
        text=visit.gettext(_("If this address has an account here, a link is on its way. It is good for one hour.")),
        next_url="/dev/outbox" if visit.server.mail.is_kept_here else "",
        next_text=visit.gettext(_("Open the outbox of the development server")),
    )


async def show(visit: Visit) -> Response:
    """Raises NotFound for a link that is not good any more."""
    server, token = visit.server, visit.request.segments["token"]
    if await find_mail_link(server.db, token, Purpose.RESET, server.clock.now()) is None:
        raise WornLink()
    return await visit.page("reset.html", form=Form())


async def choose(visit: Visit) -> Response:
    try:
        await reset_password(visit.server, visit.request.segments["token"], visit.text("password"))
    except Invalid as error:
        return await visit.page("reset.html", status=error.http_status, form=refused(visit, {}, error))
    return visit.back("/sign-in", told="new-password")


async def show_new_email(visit: Visit) -> Response:
    """Raises NotFound for a link that is not good any more."""
    server, token = visit.server, visit.request.segments["token"]
    if await find_mail_link(server.db, token, Purpose.CHANGE, server.clock.now()) is None:
        raise WornLink()
    return await visit.page("confirm_email.html")


async def confirm_new_email(visit: Visit) -> Response:
    await use_new_email(visit.server, visit.request.segments["token"])
    return visit.back("/settings/security", told="new-email")

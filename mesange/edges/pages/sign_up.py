"""Creating an account, and confirming its mail address."""

from mesange.core.accounts.actions.sign_ups import ClosedHere, InvitationNeeded, WornStamp, call_staff, sign_up
from mesange.core.accounts.actions.users import confirm_email
from mesange.core.accounts.model import Purpose
from mesange.core.accounts.model.sign_ups import SignUp
from mesange.core.accounts.queries import find_invitation, find_mail_link
from mesange.core.moderation.queries import check_may_sign_up
from mesange.edges.pages.sign_in import enter, waiting
from mesange.front.errors import refused, told_of
from mesange.front.limits import SIGN_UPS, count
from mesange.front.visit import Visit
from mesange.kit.clock import DAY, SECOND
from mesange.kit.errors import Conflict, Invalid, MesangeError, NotFound
from mesange.kit.stamps import is_solved, new_stamp, stamped_at
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response, json_response

TYPED = ("username", "email", "reason", "date_of_birth", "invitation")
HONEY = "website"
"""A field that people do not see; programs that fill everything fill it."""


class TooQuick(Invalid):
    public_text = "That was quick. Look once more at what you typed, then send it again."


class FormTooOld(Invalid):
    public_text = "This form was open for too long. Send it again."


async def show(visit: Visit) -> Response:
    settings = visit.server.settings
    if settings.registrations == "closed":
        return await _closed(visit, ClosedHere())
    invitation = visit.text("invitation")
    if settings.registrations == "invitation" and not await _is_invited(visit, invitation):
        return await _closed(visit, InvitationNeeded())
    return await _page(visit, Form.of({"invitation": invitation}))


async def show_invitation(visit: Visit) -> Response:
    """The sign-up form of an invitation. Applications ask for the same address as JSON."""
    code = visit.request.segments["code"]
    if not await _is_invited(visit, code):
        raise NotFound("This invitation is not good any more. Ask for a new one.")
    if "application/json" in visit.request.header(b"accept"):
        return json_response({"invite_code": code, "instance_api_url": f"{visit.server.settings.public_origin}/api/"})
    return await _page(visit, Form.of({"invitation": code}))


async def _is_invited(visit: Visit, code: str) -> bool:
    found = await find_invitation(visit.server.db, code) if code else None
    return found is not None and found.is_good(visit.server.clock.now())


async def _closed(visit: Visit, error: MesangeError) -> Response:
    return await visit.page(
        "told.html",
        title=visit.gettext(_("Sign-up is closed")),
        text=visit.server.settings.registrations_message or visit.gettext(error.public_text),
        next_url="/",
        next_text=visit.gettext(_("Go to the home page")),
    )


async def _page(visit: Visit, form: Form, error: MesangeError | None = None, stamp: str = "") -> Response:
    settings = visit.server.settings
    return await visit.page(
        "sign_up.html",
        status=error.http_status if error else 200,
        form=form,
        domain=settings.domain,
        message=settings.registrations_message,
        stamp=stamp or new_stamp(settings, visit.server.clock.now()),
        effort=0 if form.values["invitation"] else settings.sign_up_effort,
        min_age=settings.min_age,
        asks_reason=settings.registrations == "approval" and not form.values["invitation"],
        honey=HONEY,
        notices=told_of(visit, error) if error else (),
    )


async def send(visit: Visit) -> Response:
    count(visit, SIGN_UPS)
    given = SignUp(
        username=visit.text("username"),
        email=visit.text("email"),
        password=visit.text("password"),
        locale=visit.language,
        reason=visit.text("reason"),
        invitation=visit.text("invitation"),
        birth_date=visit.text("date_of_birth"),
    )
    if visit.text(HONEY):
        return await _look_in_your_mail(visit, given.email)
    stamp = visit.text("stamp")
    try:
        _check_time(visit, stamp)
        await check_may_sign_up(visit.server.db, given.username, given.email, visit.request.client_address)
        await sign_up(visit.server, given, is_proven=_is_proven(visit, stamp), stamp=stamp)
    except (Invalid, Conflict) as error:
        kept = "" if isinstance(error, FormTooOld | WornStamp) else stamp
        return await _page(visit, refused(visit, {name: visit.text(name) for name in TYPED}, error), error, kept)
    except ClosedHere as error:
        return await _closed(visit, error)
    return await _look_in_your_mail(visit, given.email)


def _check_time(visit: Visit, stamp: str) -> None:
    """Raises TooQuick, FormTooOld. A stamp that was shown before has its age: whoever waits comes through."""
    settings, now = visit.server.settings, visit.server.clock.now()
    opened_at = stamped_at(settings, stamp)
    if opened_at is None or opened_at < now - DAY:
        raise FormTooOld()
    if now - opened_at < settings.sign_up_seconds * SECOND:
        raise TooQuick()


def _is_proven(visit: Visit, stamp: str) -> bool:
    return is_solved(stamp, visit.text("proof"), visit.server.settings.sign_up_effort)


async def _look_in_your_mail(visit: Visit, email: str) -> Response:
    written = _("We wrote to %(address)s. Open the link in the letter and you are in.")
    if visit.server.settings.registrations == "approval":
        written = _("We wrote to %(address)s. Open the link in the letter; then somebody here reads your sign-up.")
    return await visit.page(
        "told.html",
        title=visit.gettext(_("Look in your mail")),
        text=visit.gettext(written, address=email),
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
    """Whoever holds the letter is who signed up: they are in, once staff has accepted where that is asked."""
    user = await confirm_email(visit.server, visit.request.segments["token"])
    if user.awaits_since is not None:
        await call_staff(visit.server, user)
        return await waiting(visit)
    return visit.telling(await enter(visit, user, "/"), "confirmed")

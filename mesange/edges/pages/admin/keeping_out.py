"""Who may not sign up."""

from mesange.core.moderation.actions.keeping_out import keep_out, let_in
from mesange.core.moderation.model import Kept
from mesange.core.moderation.queries import find_sign_up_blocks
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.lists import Feed, page_of_names, span_of
from mesange.front.errors import refused
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response

PATH = "/admin/keeping-out"
KINDS = {Kept.EMAIL_DOMAIN: _("Mail domain"), Kept.NETWORK: _("Network"), Kept.NAME: _("Part of a name")}


async def show(visit: Visit) -> Response:
    return await _page(visit, Form.of({"kind": Kept.EMAIL_DOMAIN.value}))


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    wanted, only = visit.text("q")[:253], visit.text("only")
    cut = await find_sign_up_blocks(visit.server.db, wanted, only, span_of(visit))
    more = tuple((name, value) for name, value in (("q", wanted), ("only", only)) if value)
    kinds = {kind.value: visit.gettext(label) for kind, label in KINDS.items()}
    return await admin_page(
        visit,
        "keeping_out.html",
        status=error.http_status if error else 200,
        blocks=cut.rows,
        kinds=kinds,
        choices=[("", visit.gettext(_("All kinds"))), *kinds.items()],
        q=wanted,
        only=only,
        form=form,
        page=page_of_names(cut, Feed(PATH, more=more), lambda block: f"{block.kind.value}:{block.value}"),
        notices=(Told(visit.gettext(error.public_text), "problem"),) if error else (),
    )


async def send(visit: Visit) -> Response:
    if visit.text("let_in"):
        kind, _colon, value = visit.text("let_in").partition(":")
        await let_in(visit.server, visit.viewer, kind, value)
        return visit.back(PATH, told="saved")
    given = {name: visit.text(name) for name in ("kind", "value", "comment")}
    try:
        await keep_out(visit.server, visit.viewer, given["kind"], given["value"], given["comment"])
    except Invalid as error:
        beside = Invalid(error.public_text, field=error.field if error.field in given else "value")
        return await _page(visit, refused(visit, given, beside), beside)
    return visit.back(PATH, told="saved")

"""Writing the rules and the texts of this place."""

from mesange.core.moderation.actions.site import withdraw_rule, write_rule, write_site_text
from mesange.core.moderation.model import SiteTextName
from mesange.core.moderation.queries import list_rules, read_site_text
from mesange.edges.pages.admin.sections import admin_page
from mesange.front.errors import refused
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, MesangeError, NotFound
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response

NAMES = {
    SiteTextName.ABOUT: _("About this place"),
    SiteTextName.PRIVACY: _("Privacy"),
    SiteTextName.TERMS: _("Terms of use"),
    SiteTextName.CONTACT: _("Contact"),
}
PARTS = ("text_en", "text_fr", "hint_en", "hint_fr")


async def show_rules(visit: Visit) -> Response:
    return await _rules(visit, Form())


async def _rules(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    return await admin_page(
        visit,
        "rules.html",
        status=error.http_status if error else 200,
        rules=await list_rules(visit.server.db),
        form=form,
        notices=(Told(visit.gettext(error.public_text), "problem"),) if error else (),
    )


async def send_rule(visit: Visit) -> Response:
    if visit.text("withdraw"):
        await withdraw_rule(visit.server, visit.viewer, visit.id("withdraw"))
        return visit.back("/admin/rules", told="saved")
    texts = (visit.text("text_en"), visit.text("text_fr"), visit.text("hint_en"), visit.text("hint_fr"))
    try:
        await write_rule(visit.server, visit.viewer, visit.id("rule"), texts)
    except Invalid as error:
        return await _rules(visit, refused(visit, dict(zip(PARTS, texts, strict=True)), error), error)
    return visit.back("/admin/rules", told="saved")


async def show_text(visit: Visit) -> Response:
    """`/admin/texts?name=privacy&language=fr`."""
    name, language = visit.text("name") or SiteTextName.ABOUT.value, visit.text("language") or visit.language
    if name not in list(SiteTextName) or language not in ("fr", "en"):
        raise NotFound()
    text = await read_site_text(visit.server, SiteTextName(name), language)
    return await _text(visit, name, language, Form.of({"body": text.body}))


async def _text(visit: Visit, name: str, language: str, form: Form, error: MesangeError | None = None) -> Response:
    return await admin_page(
        visit,
        "texts.html",
        status=error.http_status if error else 200,
        names=[(each.value, visit.gettext(label)) for each, label in NAMES.items()],
        text_name=name,
        text_language=language,
        form=form,
        notices=(Told(visit.gettext(error.public_text), "problem"),) if error else (),
    )


async def send_text(visit: Visit) -> Response:
    name, language, body = visit.text("name"), visit.text("language"), visit.text("body")
    try:
        await write_site_text(visit.server, visit.viewer, name, language, body)
    except Invalid as error:
        return await _text(visit, name, language, refused(visit, {"body": body}, error), error)
    return visit.back(f"/admin/texts?name={name}&language={language}", told="saved")

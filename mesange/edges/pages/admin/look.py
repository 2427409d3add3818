"""How this place looks and what it is called: name, description, colour, logo, banner."""

from mesange.core.upkeep.actions.look import change_picture, remove_picture
from mesange.core.upkeep.actions.settings import change_settings
from mesange.core.upkeep.model import CHANGEABLE
from mesange.core.upkeep.queries import banner_of, logo_of, site_pictures
from mesange.edges.pages.admin.sections import admin_page
from mesange.front.errors import refused, told_of
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Invalid, MesangeError
from mesange.kit.settings import Settings
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.parameters import Upload
from mesange.kit.web.response import Response

PATH = "/admin/look"
OWN_DESCRIPTION = Settings().description
NAMES = ("title", "description", "accent")
ACCENTS = {
    "cap": _("Blue, as the bird’s cap"),
    "moss": _("Green"),
    "plum": _("Plum"),
    "lagoon": _("Lagoon"),
    "rust": _("Rust"),
}


async def show(visit: Visit) -> Response:
    return await _page(visit, Form.of(_as_it_is(visit)))


def _as_it_is(visit: Visit) -> dict[str, str]:
    """The program's own description is nobody's words: its field is empty, and each reader has it in their language."""
    now = {name: str(getattr(visit.server.settings, name)) for name in NAMES}
    return now | ({"description": ""} if now["description"] == OWN_DESCRIPTION else {})


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    return await admin_page(
        visit,
        "look.html",
        status=error.http_status if error else 200,
        form=form,
        accents=[(name, visit.gettext(label)) for name, label in ACCENTS.items()],
        own_description=visit.gettext(OWN_DESCRIPTION),
        most={name: CHANGEABLE[name].most for name in NAMES},
        logo=await logo_of(visit.server),
        banner=await banner_of(visit.server),
        own=await site_pictures(visit.server),
        notices=told_of(visit, error) if error else (),
    )


def _description(visit: Visit, typed: str) -> dict[str, str]:
    """An empty field, or the program's own sentence in the reader's language, is the program's own description."""
    return {"description": OWN_DESCRIPTION} if typed.strip() in ("", visit.gettext(OWN_DESCRIPTION)) else {}


async def send(visit: Visit) -> Response:
    """Words and colour, a picture (`picture` names which), or one of the two taken back."""
    server, viewer, which = visit.server, visit.viewer, visit.text("picture")
    given = {name: visit.text(name) or typed for name, typed in _as_it_is(visit).items()}
    try:
        if visit.text("remove"):
            await remove_picture(server, viewer, visit.text("remove"))
        elif which:
            sent = visit.fields.get(which)
            if not isinstance(sent, Upload) or not sent.content:
                raise Invalid("Choose a file first.", field=which)
            await change_picture(server, viewer, which, sent.content)
        else:
            given = {name: visit.text(name) for name in NAMES}
            await change_settings(server, viewer, given | _description(visit, given["description"]))
    except (Invalid, Conflict) as error:
        return await _page(visit, refused(visit, given, error), error)
    return visit.back(PATH, told="saved")

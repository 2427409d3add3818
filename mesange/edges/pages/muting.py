"""Hear nothing of somebody for a while, or for ever: they are not told."""

from mesange.core.accounts.queries import get_account
from mesange.core.follows.actions import mute_account
from mesange.front.asking import Choices, Question, ask
from mesange.front.errors import came_from
from mesange.front.faces import account_view
from mesange.front.guard import safe_return
from mesange.front.visit import Visit
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response

LASTING = {
    "0": _("For ever"),
    "1800": _("30 minutes"),
    "21600": _("6 hours"),
    "86400": _("A day"),
    "259200": _("3 days"),
    "604800": _("A week"),
    "2592000": _("30 days"),
}
"""Seconds."""


async def ask_mute(visit: Visit) -> Response:
    view = account_view(visit.server, await get_account(visit.server, visit.request.id("id")))
    lasting = [(seconds, visit.gettext(words)) for seconds, words in LASTING.items()]
    question = Question(
        title=_("Mute %(name)s?"),
        named={"name": view.name},
        back=came_from(visit) if visit.is_fragment else view.url,
        action=f"/accounts/{view.id}/mute",
        text=_("You will not read their posts, and they are not told. Who follows whom stays as it is."),
        verb=_("Mute"),
        choices=Choices("duration", visit.gettext(_("For how long")), lasting),
    )
    return await ask(visit, question)


async def mute(visit: Visit) -> Response:
    duration = visit.text("duration")
    seconds = int(duration) if duration in LASTING else 0
    await mute_account(visit.server, visit.viewer, visit.request.id("id"), duration=seconds)
    return visit.back(safe_return(visit.fields.get("return")), told="muted")

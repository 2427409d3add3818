"""Language and theme of this browser; and the menu of a phone."""

from mesange.core.accounts.actions.users import set_locale
from mesange.front import guard
from mesange.front.visit import THEMES, Visit
from mesange.kit.web.catalogue import LANGUAGES
from mesange.kit.web.response import Response

A_YEAR = 365


async def choose(visit: Visit) -> Response:
    response = visit.back(guard.safe_return(visit.fields.get("return")))
    settings = visit.server.settings
    language, theme = visit.text("language"), visit.text("theme")
    if language in LANGUAGES:
        guard.set_cookie(response, settings, "language", language, days=A_YEAR, is_secret=False)
        if visit.viewer.user_id:
            await set_locale(visit.server, visit.viewer.user_id, language)
    if theme in (*THEMES, "auto"):
        guard.set_cookie(response, settings, "theme", theme, days=A_YEAR, is_secret=False)
    return response


async def menu(visit: Visit) -> Response:
    return await visit.page("menu.html", place="menu")

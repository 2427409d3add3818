"""Buttons for other sites: what to copy so that people follow an account, pass a page on, or read a post there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from mesange.core.statuses.queries import visible_status
from mesange.edges.pages.descriptions import described_post
from mesange.edges.pages.elsewhere import Place, place_at
from mesange.edges.pages.thread import embedding_of
from mesange.front.visit import Visit, templates
from mesange.kit.errors import Gone, NotFound
from mesange.kit.text.embedding import ButtonLook, button_html
from mesange.kit.web.catalogue import LANGUAGES
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response

NAME = re.compile(r"@?[a-z0-9_.-]{1,64}", re.IGNORECASE | re.ASCII)
WEB = re.compile(r"https?://[^\s<>\"]{3,1500}")
COLOURS: Mapping[str, tuple[str, str, str]] = {
    "blue": ("#1a5cbe", "#ffffff", "#1a5cbe"),
    "dark": ("#14202e", "#ffffff", "#14202e"),
    "light": ("#ffffff", "#14202e", "#7a8aa0"),
}
SIZES: Mapping[str, int] = {"small": 28, "middle": 36, "large": 44}
UNKNOWN = _("This is neither an account or a post of this place, nor the address of a page.")


@dataclass(frozen=True, slots=True)
class Snippet:
    """`html` is what to copy, `shown` the same on our page, "" where it cannot stand here; then `url` shows it."""

    title: str
    html: str
    shown: Markup | str = ""
    url: str = ""


async def show(visit: Visit) -> Response:
    of = visit.text("of").strip()
    place = await _place(visit, of)
    found = await _snippets(visit, place, of) if of else []
    choices = {
        "of": of,
        "colour": _chosen(visit, "colour", COLOURS),
        "size": _chosen(visit, "size", SIZES, "middle"),
        "language": visit.text("language") if visit.text("language") in LANGUAGES else visit.language,
    }
    wrong = {} if found or not of else {"of": visit.gettext(UNKNOWN)}
    return await visit.page("share_buttons.html", form=Form.of(choices, **wrong), snippets=found)


async def _place(visit: Visit, of: str) -> Place | None:
    """The account or post of ours that is named by its handle, its name alone or its address."""
    named = f"{of}@{visit.server.settings.domain}" if NAME.fullmatch(of) else of
    try:
        return await place_at(visit, named) if of else None
    except (NotFound, Gone):
        return None


async def _snippets(visit: Visit, place: Place | None, of: str) -> list[Snippet]:
    origin = visit.server.settings.public_origin
    found: list[Snippet] = []
    if place and place.status_id:
        status = await visible_status(visit.server, visit.viewer, place.status_id)
        if status.visibility.is_open:
            embedding = embedding_of(status, await described_post(visit.server, status))
            found.append(Snippet(visit.gettext(_("The post itself")), embedding, url=f"{place.path}/embed"))
    if place and place.account:
        words = _say(visit, _("Follow %(handle)s"), handle=place.account.handle)
        url = f"{origin}/continue?{urlencode({'act': 'follow', 'to': place.account.url})}"
        found.append(_button(visit, visit.gettext(_("Follow")), url, words))
    page = origin + place.path if place else of if WEB.fullmatch(of) else ""
    if page:
        words = _say(visit, _("Share on %(site)s"), site=visit.server.settings.title)
        found.append(_button(visit, visit.gettext(_("Share")), f"{origin}/share?{urlencode({'url': page})}", words))
    return found


def _button(visit: Visit, title: str, url: str, words: str) -> Snippet:
    colours = COLOURS[_chosen(visit, "colour", COLOURS)]
    html = button_html(url, words, ButtonLook(*colours, SIZES[_chosen(visit, "size", SIZES, "middle")]))
    return Snippet(title, html, Markup(html))  # noqa: S704  (escaped by button_html)


def _say(visit: Visit, sentence: str, **values: str) -> str:
    asked = visit.text("language")
    return templates().say(asked if asked in LANGUAGES else visit.language, sentence, **values)


def _chosen(visit: Visit, name: str, offered: Mapping[str, object], usual: str = "blue") -> str:
    return visit.text(name) if visit.text(name) in offered else usual

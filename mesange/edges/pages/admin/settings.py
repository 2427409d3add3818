"""Every setting: what it does, its default, its value and where that comes from; some may be changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from mesange.core.upkeep.actions.settings import change_settings, reset_setting
from mesange.core.upkeep.memory import UpkeepMemory
from mesange.core.upkeep.model import CHANGEABLE, Changeable, typed_of
from mesange.core.upkeep.queries import changed_settings
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.admin.setting_texts import FIXED, GROUPS, SECRET, WORDS
from mesange.front.errors import refused, told_of
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Invalid, MesangeError
from mesange.kit.settings import Settings
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response

PATH = "/admin/settings"
SOURCES = {
    "default": _("the default"),
    "file": _("from the file mesange.toml"),
    "environment": _("from the variable %(name)s"),
    "here": _("changed here"),
    "start": _("given at the start"),
}
HIDDEN = "••••••"


@dataclass(frozen=True, slots=True)
class SettingView:
    """`source` is a key of `SOURCES`, `from_where` its words; `choices` are pairs of word and label."""

    name: str
    text: str
    kind: str
    typed: str
    default: str
    source: str
    from_where: str
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0


async def show(visit: Visit) -> Response:
    return await _page(visit)


async def _page(visit: Visit, form: Form | None = None, error: MesangeError | None = None) -> Response:
    typed: Mapping[str, str] = form.values if form else {}
    changed_here = await changed_settings(visit.server.db)
    groups = [
        (
            visit.gettext(title),
            [_view(visit, CHANGEABLE[name], text, typed, changed_here) for name, text in texts.items()],
        )
        for title, texts in GROUPS
    ]
    return await admin_page(
        visit,
        "settings.html",
        status=error.http_status if error else 200,
        groups=groups,
        fixed=[_fixed(visit, name, text) for name, text in FIXED.items()],
        file=str(visit.server.settings.data / "mesange.toml"),
        form=form or Form(),
        notices=told_of(visit, error) if error else (),
    )


def _view(
    visit: Visit, setting: Changeable, text: str, typed: Mapping[str, str], changed_here: set[str]
) -> SettingView:
    name = setting.name
    source = _source(visit, name, changed_here)
    return SettingView(
        name=name,
        text=visit.gettext(text),
        kind=setting.kind.value,
        typed=typed[name] if name in typed else typed_of(setting, getattr(visit.server.settings, name)),
        default=_worded(visit, setting, getattr(Settings(), name)),
        source=source,
        from_where=visit.gettext(SOURCES[source], name=f"MESANGE_{name.upper()}"),
        choices=tuple((word, _word(visit, word)) for word in setting.choices) if setting.choices_are_words else (),
        least=setting.least,
        most=setting.most,
    )


def _source(visit: Visit, name: str, changed_here: set[str]) -> str:
    given = visit.server.of(UpkeepMemory).given.get(name, "")
    if given == "environment":
        return given
    if name in changed_here:
        return "here"
    is_default = getattr(visit.server.settings, name) == getattr(Settings(), name)
    return given or ("default" if is_default else "start")


def _word(visit: Visit, word: str) -> str:
    return visit.gettext(WORDS[word]) if word in WORDS else word


def _worded(visit: Visit, setting: Changeable, value: Any) -> str:
    typed = typed_of(setting, value)
    return ", ".join(_word(visit, word) for word in typed.split()) if setting.choices_are_words else typed


def _fixed(visit: Visit, name: str, text: str) -> SettingView:
    value = getattr(visit.server.settings, name)
    shown = ", ".join(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else str(value)
    source = _source(visit, name, set())
    return SettingView(
        name=name,
        text=visit.gettext(text),
        kind="fixed",
        typed=HIDDEN if name in SECRET and shown else shown,
        default="",
        source=source,
        from_where=visit.gettext(SOURCES[source], name=f"MESANGE_{name.upper()}"),
    )


async def send(visit: Visit) -> Response:
    """A part of the page, or one setting back to what it was without us."""
    if visit.text("reset"):
        await reset_setting(visit.server, visit.viewer, visit.text("reset"))
        return visit.back(PATH, told="saved")
    given = {name: " ".join(visit.texts(name)) for name in visit.texts("names")}
    try:
        await change_settings(visit.server, visit.viewer, given)
    except (Invalid, Conflict) as error:
        return await _page(visit, refused(visit, given, error), error)
    return visit.back(PATH, told="saved")

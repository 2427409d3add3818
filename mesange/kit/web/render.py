"""Pages from templates: one environment per language, compiled on first use."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule

from mesange.kit.text.directions import isolated
from mesange.kit.web import catalogue
from mesange.kit.web.assets import Assets
from mesange.kit.web.frame import Frame
from mesange.kit.web.wording import Wording, iso

FOLDER = Path(__file__).parent / "templates"


class Templates:
    """`folders` are the rooms' own template folders; those of kit/web come after them."""

    def __init__(self, folders: Sequence[Path], assets: Assets) -> None:
        self._folders = [*map(str, folders), str(FOLDER)]
        self._assets = assets
        self._environments: dict[str, Environment] = {}
        self._modules: dict[tuple[str, str], TemplateModule] = {}

    def page(self, frame: Frame, name: str, **values: Any) -> bytes:
        template = self.environment(frame.language).get_template(name)
        return template.render(frame=frame, **values).encode("utf-8")

    def macro(self, language: str, name: str, macro: str, frame: Frame | None = None) -> Callable[..., str]:
        """One macro of a template, to render a fragment. Without a frame it is made once and kept."""
        template = self.environment(language).get_template(name)
        module = template.make_module({"frame": frame}) if frame else self._module(language, template)
        return getattr(module, macro)  # type: ignore[no-any-return]

    def _module(self, language: str, template: Template) -> TemplateModule:
        key = language, template.name or ""
        if key not in self._modules:
            self._modules[key] = template.make_module({"frame": None})
        return self._modules[key]

    def say(self, language: str, sentence: str, **values: object) -> str:
        """The sentence in this language; words of people in it turn nothing around them."""
        translated = catalogue.of(language).gettext(sentence)
        apart = {name: isolated(value) if isinstance(value, str) else value for name, value in values.items()}
        return translated % apart if apart else translated

    def environment(self, language: str) -> Environment:
        if language not in self._environments:
            self._environments[language] = self._make(language)
        return self._environments[language]

    def _make(self, language: str) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(self._folders),
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
            cache_size=-1,
        )
        translations = catalogue.of(language)
        environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
        cast("dict[str, Any]", environment.globals)["static"] = self._assets.url
        words = Wording(language, translations.gettext)
        cast("dict[str, Any]", environment.filters).update(
            number=words.number, count=words.count, since=words.since, day=words.day, moment=words.moment
        )
        environment.filters.update(iso=iso, isolated=isolated)
        return environment

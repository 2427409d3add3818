"""Pages from templates: one environment per language, compiled on first use."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

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

    def page(self, frame: Frame, name: str, **values: Any) -> bytes:
        template = self.environment(frame.language).get_template(name)
        return template.render(frame=frame, **values).encode("utf-8")

    def macro(self, frame: Frame, name: str, macro: str) -> Callable[..., str]:
        """One macro of a template, to render a fragment such as a post alone."""
        module = self.environment(frame.language).get_template(name).make_module({"frame": frame})
        return getattr(module, macro)  # type: ignore[no-any-return]

    def say(self, language: str, sentence: str, **values: object) -> str:
        translated = catalogue.of(language).gettext(sentence)
        return translated % values if values else translated

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
        environment.globals["static"] = self._assets.url
        words = Wording(language, translations.gettext)
        environment.filters.update(
            number=words.number, count=words.count, since=words.since, day=words.day, moment=words.moment, iso=iso
        )
        return environment

"""Every sentence a person can read is offered for translation, and the French catalogue has them all."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages import Message
from babel.messages.pofile import read_po

from scripts.code import PACKAGE
from scripts.sentences import catalogues, sentences

TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
CATALOGUES = catalogues()
READ_ALOUD = ("alt", "aria-label", "placeholder", "title")
SPOKEN_BY_ALL = {"Mésange", "English", "Français", "RSS", "Atom"}
JINJA = re.compile(
    r"{%-?\s*trans\b.*?endtrans\s*-?%}|{%-?\s*block \w*class\s*-?%}[^{]*|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL
)
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')  # of a macro that writes attributes for its caller's tag
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
WORD = re.compile(r"[^\W\d_]{2,}")


class BareWords(HTMLParser):
    """Collects the words of a page that stand in it as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        for name, value in attrs:
            if name in READ_ALOUD:
                self.handle_data(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found += [word for word in WORD.findall(ATTRIBUTE.sub("", data)) if word not in SPOKEN_BY_ALL]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_template_has_no_words_that_cannot_be_translated(template: Path) -> None:
    page = BareWords()
    page.feed(JINJA.sub("", template.read_text("utf-8")))
    assert not page.found


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_catalogue_is_complete(file: Path) -> None:
    catalogue = read_po(file.open("rb"))
    unsure = [
        message.id for message in catalogue if message.id and (message.fuzzy or not _is_translated(message.string))
    ]
    missing = [sentence for sentence in dict.fromkeys(sentences()) if catalogue.get(*sentence) is None]
    unused = {(_source(message), message.context) for message in catalogue if message.id} - set(sentences())
    assert not unused, f"run `make sentences`: nobody says {unused}"
    assert not missing, f"run `make sentences`, then translate {missing}"
    assert not unsure, f"translate {unsure}"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_translation_keeps_its_placeholders(file: Path) -> None:
    catalogue = read_po(file.open("rb"))
    wrong = [str(error) for _, errors in catalogue.check() for error in errors]
    assert not wrong
    for message in catalogue:
        if message.id:
            said, translated = (
                each if isinstance(each, tuple | list) else (each,) for each in (message.id, message.string)
            )
            known = {name for form in said for name in PLACEHOLDER.findall(form)}
            assert set(PLACEHOLDER.findall(translated[-1])) == set(PLACEHOLDER.findall(said[-1])), message.id
            assert all(set(PLACEHOLDER.findall(form)) <= known for form in translated), message.id


def _source(message: Message) -> str | tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def _is_translated(string: str | tuple[str, ...] | list[str]) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)

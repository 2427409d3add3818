"""Gathers every sentence that people read into the catalogues of mesange/locales. `make sentences` runs it.

New sentences come in empty, sentences nobody says any more go; a house test then waits for the translations.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from scripts.code import PACKAGE, sources

METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"silent": "false"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
PUBLIC_TEXT = re.compile(r'^    public_text(?:: str)? = "(.+)"$', re.MULTILINE)


class Sentence(NamedTuple):
    text: str | tuple[str, str]
    """Or the singular and the plural."""
    context: str | None


def sentences() -> Iterator[Sentence]:
    """Those of the templates, those of the code, and those with which errors speak to people."""
    for _, _, text, _, context in extract_from_dir(PACKAGE, METHODS, OPTIONS, keywords=KEYWORDS):
        yield Sentence(text if isinstance(text, str) else (text[0], text[1]), context)
    for source in sources():
        for text in PUBLIC_TEXT.findall(source.text):
            yield Sentence(text, None)


def catalogues() -> list[Path]:
    return sorted((PACKAGE / "locales").rglob("*.po"))


def _gather(file: Path) -> int:
    """Write the catalogue again with exactly the sentences of today; how many wait for their translation."""
    known = read_po(file.open("rb"))
    today = Catalog(known.locale, project="Mésange", version="1", header_comment=known.header_comment, fuzzy=False)
    for sentence in sorted(set(sentences()), key=str):
        translated = known.get(sentence.text, sentence.context)
        today.add(sentence.text, translated.string if translated else "", context=sentence.context)
    today.revision_date = today.creation_date = known.creation_date
    with file.open("wb") as written:
        write_po(written, today, sort_output=True, width=120)
    return sum(1 for message in today if message.id and not any(message.string))


if __name__ == "__main__":
    for catalogue in catalogues():
        print(f"{catalogue.relative_to(PACKAGE)}: {_gather(catalogue)} sentences wait for their translation")

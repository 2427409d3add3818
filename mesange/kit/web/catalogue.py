"""The sentences of the interface. English is written in the code; other languages are gettext catalogues."""

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "locales"
LANGUAGES = ("en", "fr")


def marked(sentence: str) -> str:
    """The sentence itself: imported as `_`, it tells the catalogue that somebody will read this."""
    return sentence


@cache
def of(language: str) -> NullTranslations:
    return read(language)


def read(language: str, folder: Path = FOLDER) -> NullTranslations:
    """The compiled catalogue when it is fresh, else the same compiled in memory (slower to start, never wrong)."""
    source = folder / f"{language}.po"
    compiled = source.with_suffix(".mo")
    if not source.exists():
        return NullTranslations()
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        return GNUTranslations(io.BytesIO(compiled.read_bytes()))
    return GNUTranslations(io.BytesIO(compile_catalogue(source)))


def compile_catalogue(source: Path) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source.read_bytes())))
    return compiled.getvalue()


def chosen(wanted: str, accepted: str) -> str:
    """The person's choice if we speak it, else the first language of the Accept-Language header that we speak."""
    if wanted in LANGUAGES:
        return wanted
    for _, language in sorted(_preferences(accepted), key=lambda item: -item[0]):
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]


def _preferences(accepted: str) -> list[tuple[float, str]]:
    preferences: list[tuple[float, str]] = []
    for part in accepted[:200].split(","):
        tag, _, weight = part.partition(";q=")
        try:
            preferences.append((float(weight or 1), tag.strip()[:2].lower()))
        except ValueError:
            continue
    return preferences

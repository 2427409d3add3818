"""French follows its typography; times, counts and the choice of language follow the reader."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from mesange.kit.web import catalogue
from mesange.kit.web.wording import Wording

PACKAGE = Path(__file__).parents[2] / "mesange"


@pytest.fixture(scope="module")
def french() -> Catalog:
    return read_po(io.BytesIO((PACKAGE / "locales/fr.po").read_bytes()), locale="fr")


def test_french_keeps_its_signs_with_their_words(french: Catalog) -> None:
    wrong = [
        text for message in french if message.id for text in _forms(message.string)
        if re.search(r"[^\u00a0\u202f\s][;!?»](?!\w)| [:;!?»]|« |\w:(?=\s|$)|\w'\w", text)
    ]  # fmt: skip
    assert wrong == []


def _forms(string: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or ())


@pytest.mark.parametrize(
    ("wanted", "accepted", "language"),
    [
        ("", "fr-CA,fr;q=0.9,en;q=0.5", "fr"),
        ("", "en;q=0.4, fr;q=0.8", "fr"),
        ("en", "fr", "en"),
        ("", "de,ja;q=0.5", "en"),
        ("xx", ";;q=x,,fr", "fr"),
        ("", "", "en"),
    ],
)
def test_language_is_the_persons_choice_then_the_browsers(wanted: str, accepted: str, language: str) -> None:
    assert catalogue.chosen(wanted, accepted) == language


@pytest.mark.parametrize(
    ("ago", "english", "french_words"),
    [
        (5_000, "now", "à l’instant"),
        (5 * 60_000, "5 min", "5\u00a0min"),
        (3 * 3_600_000, "3 h", "3\u00a0h"),
        (2 * 86_400_000, "2 d", "2\u00a0j"),
        (9 * 86_400_000, "15 Nov", "15 nov."),
        (400 * 86_400_000, "20 Oct 2025", "20 oct. 2025"),
    ],
)
def test_times_are_told_as_each_language_does(ago: int, english: str, french_words: str) -> None:
    now = 1_795_500_000_000
    assert _words("en").since(now - ago, now) == english
    assert _words("fr").since(now - ago, now) == french_words


@pytest.mark.parametrize(
    ("number", "english", "french_words"),
    [(999, "999", "999"), (1_250, "1.2k", "1,2\u00a0k"), (2_000, "2k", "2\u00a0k"), (3_400_000, "3.4M", "3,4\u00a0M")],
)
def test_counts_are_short(number: int, english: str, french_words: str) -> None:
    assert (_words("en").count(number), _words("fr").count(number)) == (english, french_words)


@pytest.mark.parametrize(
    ("many", "english", "french_words"), [(0, "posts", "message"), (1, "post", "message"), (2, "posts", "messages")]
)
def test_french_counts_nothing_as_one(many: int, english: str, french_words: str) -> None:
    said = [catalogue.of(language).ngettext("post", "posts", many) for language in ("en", "fr")]
    assert said == [english, french_words]


def test_thousands_stand_apart() -> None:
    assert (_words("en").number(1_234_567), _words("fr").number(1_234_567)) == ("1,234,567", "1\u202f234\u202f567")


def _words(language: str) -> Wording:
    return Wording(language, catalogue.of(language).gettext)

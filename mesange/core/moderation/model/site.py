"""The rules of this place, and the texts in which it speaks of itself."""

from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.errors import Invalid
from mesange.kit.text import clean, clean_name

MOST_RULE = 300
MOST_HINT = 1_000
MOST_SITE_TEXT = 50_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in both languages, with a sentence that explains it. A withdrawn one stays, for decisions name it."""

    id: int
    place: int
    text_en: str
    text_fr: str
    hint_en: str
    hint_fr: str
    withdrawn_at: int | None = None

    def text_in(self, language: str) -> str:
        return (self.text_fr if language == "fr" else self.text_en) or self.text_en or self.text_fr

    def hint_in(self, language: str) -> str:
        return (self.hint_fr if language == "fr" else self.hint_en) or self.hint_en or self.hint_fr


def checked_rule(text_en: str, text_fr: str, hint_en: str, hint_fr: str) -> tuple[str, str, str, str]:
    """Raises Invalid when a rule says nothing, or too much. One language is enough: it is shown to all then."""
    texts = clean_name(text_en, MOST_RULE + 1), clean_name(text_fr, MOST_RULE + 1)
    hints = clean(hint_en, MOST_HINT), clean(hint_fr, MOST_HINT)
    if not any(texts):
        raise Invalid("A rule says something.", field="text_en", code="ERR_BLANK")
    if max(map(len, texts)) > MOST_RULE:
        raise Invalid(f"A rule has at most {MOST_RULE} signs.", field="text_en", code="ERR_TOO_LONG")
    return *texts, *hints


class SiteTextName(StrEnum):
    """Which text: what this place is, what it does with what it learns, what one agrees to, how to reach its people."""

    ABOUT = "about"
    PRIVACY = "privacy"
    TERMS = "terms"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class SiteText:
    """Plain text, paragraphs separated by an empty line, titles by `## `; `updated_at` 0 for the program's own."""

    name: SiteTextName
    language: str
    body: str
    updated_at: int = 0

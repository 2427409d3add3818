"""Input hygiene: what may be stored of a text that came from outside."""

import unicodedata

import regex

from mesange.kit.errors import Invalid

MAX_TEXT_LENGTH = 100_000
MAX_NAME_LENGTH = 1_000
MOST_TITLE = 100

_LINE_ENDS = regex.compile(r"\r\n?|[\u2028\u2029]")
_CONTROLS = regex.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATES = regex.compile(r"[\ud800-\udfff]")
_UNTIDY = regex.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
# What turns the text around or shows nothing at all; the joiners of emoji and Persian are not among them.
_HIDDEN = regex.compile(r"[\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]")
# Four marks on one letter are more than any living script stacks.
_MARK_TOWERS = regex.compile(r"([\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]++")


def clean(text: str, limit: int = MAX_TEXT_LENGTH) -> str:
    """A text fit to store: NFC, `\\n` line ends, no control characters, no trailing space.

    Cut to `limit` code points first, so that hostile sizes cost nothing; refuse long posts by `count_signs`.
    """
    text = text[:limit]
    if _UNTIDY.search(text):
        text = without_surrogates(_CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))
    return unicodedata.normalize("NFC", text).rstrip()[:limit]


def clean_name(text: str, limit: int = MAX_NAME_LENGTH) -> str:
    """A name fit to stand among others: one line, nothing hidden, no direction changes, no towers of marks."""
    shown = _MARK_TOWERS.sub(r"\1", _HIDDEN.sub("", clean(text, limit)))
    return " ".join(shown.split())


def checked_title(title: str) -> str:
    """The name somebody gave a thing of theirs. Raises Invalid when nothing is left of it, or it is too long."""
    if len(title) > MOST_TITLE:
        raise Invalid(f"A title has at most {MOST_TITLE} signs.", field="title")
    title = clean_name(title)
    if not title:
        raise Invalid("Give it a title.", field="title")
    return title


def without_surrogates(text: str) -> str:
    """Half characters, which no encoding can write, become the replacement character."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)

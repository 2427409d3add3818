"""The head of a page, tag by tag: no tree is built, so that no depth hurts; linear in time on any input."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice

import regex

MOST_TAGS = 2_000
MOST_TAGS_OF_A_PAGE = 50_000
MOST_ATTRIBUTES = 30
LONGEST_VALUE = 4_000
LONGEST_CONTENT = 100_000
ENDS = ("body", "frameset")
RAW = ("title", "script", "style", "noscript", "template")

_TAG = regex.compile(r"<(?:(?P<comment>!--)|(?P<name>/?[a-z][a-z0-9]*+))", regex.IGNORECASE)
_ATTRIBUTE = regex.compile(
    r"""[\s/]*+(?P<name>[^\s"'<>/=]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'<>]++)))?+"""
)
_END = regex.compile(r"[\s/]*+>?+")
_CLOSING = {name: regex.compile(rf"</{name}[\s/>]", regex.IGNORECASE) for name in RAW}


@dataclass(frozen=True, slots=True)
class Tag:
    """`content` is what stands inside, for those whose inside is no markup."""

    name: str
    attributes: dict[str, str]
    content: str = ""

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


def head_tags(text: str) -> Iterator[Tag]:
    """Tags up to the end of the head."""
    return islice(_tags(text, ENDS), MOST_TAGS)


def page_tags(text: str) -> Iterator[Tag]:
    """Tags of the whole page, as far as a page has tags."""
    return islice(_tags(text, ()), MOST_TAGS_OF_A_PAGE)


def _tags(text: str, ends: tuple[str, ...]) -> Iterator[Tag]:
    position = 0
    while found := _TAG.search(text, position):
        if found["comment"]:
            position = text.find("-->", found.end()) + 3
            if position < 3:
                return
            continue
        name = found["name"].lower()
        if ends and (name in ends or name == "/head"):
            return
        attributes, position = _attributes(text, found.end())
        content = ""
        if name in RAW:
            end = _CLOSING[name].search(text, position)
            if end is None:  # Nothing after it is markup: the page is over, also for the next one that never closes.
                return
            content, position = text[position : min(end.start(), position + LONGEST_CONTENT)], end.end()
        yield Tag(name, attributes, content)


def _attributes(text: str, position: int) -> tuple[dict[str, str], int]:
    """Attributes of a tag, the first of a name counts; and where they end."""
    found: dict[str, str] = {}
    for _ in range(MOST_ATTRIBUTES):
        match = _ATTRIBUTE.match(text, position)
        if match is None:
            break
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower()[:LONGEST_VALUE], unescape(value[:LONGEST_VALUE]))
        position = match.end()
    end = _END.match(text, position)
    return found, end.end() if end else position

"""The post of an item: a template filled, and cut so that no word, link or hashtag is ever broken."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

import regex

from mesange.kit.errors import Invalid
from mesange.kit.text import SIGNS_PER_LINK, clean, count_signs, entities, is_hashtag
from mesange.kit.text.scripts import SPACELESS
from mesange.workspace.publishing.model.relays import RelayedItem

DEFAULT_TEMPLATE = "{title} {link} {hashtags}"
MOST_TEMPLATE = 200
MOST_WORDS_OF_OURS = 60
MOST_HASHTAGS = 4
LEAST_SUMMARY = 15
"""A shorter rest of a summary says nothing."""
PLACES = ("title", "summary", "link", "hashtags")
PLACE = re.compile(r"\{(\w*)\}")
MENTIONING = re.compile(r"@(?=\w)")
WORD_JOINER = "\u2060"
"""Shows nothing, and keeps the names in a feed from calling anybody."""
BREAK = regex.compile(rf"\s+|(?<=[{SPACELESS}])", regex.VERSION1)
LOOSE_END = " \t\n,;:.…–—-(«\"'"


def checked_template(template: str) -> str:
    """Raises Invalid for one that says nothing of the item, or leaves no room for it."""
    template = clean(template.strip() or DEFAULT_TEMPLATE, MOST_TEMPLATE + 1)
    named = PLACE.findall(template)
    if unknown := [name for name in named if name not in PLACES]:
        raise Invalid(f"A template has no place {{{unknown[0]}}}.", field="template")
    if "title" not in named and "summary" not in named:
        raise Invalid("A template needs {title} or {summary}.", field="template")
    own = count_signs(PLACE.sub("", template))
    if len(template) > MOST_TEMPLATE or own > MOST_WORDS_OF_OURS:
        raise Invalid(f"Your own words in a template have at most {MOST_WORDS_OF_OURS} signs.", field="template")
    return template


def post_text(template: str, item: RelayedItem, most: int, link: str = "") -> str:
    """At most `most` signs. The summary gives way first, then hashtags from the last, then the title; the link stays.

    `link` stands in for the item's own, such as a shorter one.
    """
    link = link or item.link
    title, summary = _calls_nobody(item.title), _calls_nobody(item.summary)
    if not title or ("{title}" not in template and not summary):
        title, summary, template = title or summary, "", template.replace("{summary}", "{title}")
    tags = hashtags_of(item.tags)

    def filled(title: str, summary: str, tags: list[str]) -> str:
        values = {"title": title, "summary": summary, "link": link, "hashtags": " ".join(tags)}
        return _tidy(PLACE.sub(lambda place: values[place[1]], template))

    if "{summary}" in template and (text := _longest(summary, most, lambda part: filled(title, part, tags))):
        return text
    while tags and count_signs(filled(title, "", tags)) > most:
        tags = tags[:-1]
    return _longest(title, most, lambda part: filled(part, "", tags), least=0) or link


def _longest(text: str, most: int, fill: Callable[[str], str], least: int = LEAST_SUMMARY) -> str:
    """Filled with as much of the text as there is room for; "" when not even the least of it fits."""
    whole = fill(text)
    if count_signs(whole) <= most:
        return whole
    cuts = [cut for cut in _cuts(text) if count_signs(cut) >= least]
    fitting = bisect_right(cuts, most, key=lambda cut: count_signs(fill(cut)))
    if fitting:
        return fill(cuts[fitting - 1])
    bare = fill("") if not least else ""
    return bare if bare and count_signs(bare) <= most else ""


def _cuts(text: str) -> Iterator[str]:
    """Beginnings of the text with an ellipsis, shortest first, each ending after a whole word, link or hashtag."""
    found = entities(text).in_order()
    for gap in BREAK.finditer(text):
        is_inside = any(one.start < gap.start() < one.end for one in found)
        beginning = text[: gap.start()].rstrip()
        if any(one.end == len(beginning) for one in found):
            yield f"{beginning} …"
        elif not is_inside and (beginning := beginning.rstrip(LOOSE_END)):
            yield f"{beginning}…"


def hashtags_of(tags: str) -> list[str]:
    """Categories as hashtags: `Made in France` is #MadeInFrance; what cannot be one is left out."""
    found = dict[str, str]()
    for tag in tags.split("\n"):
        words = re.findall(r"\w+", tag)
        name = words[0] if len(words) == 1 else "".join(word[0].upper() + word[1:] for word in words)
        if name and is_hashtag(name) and len(name) <= SIGNS_PER_LINK + 7:
            found.setdefault(name.lower(), f"#{name}")
    return list(found.values())[:MOST_HASHTAGS]


def _calls_nobody(text: str) -> str:
    return MENTIONING.sub("@" + WORD_JOINER, text)


def _tidy(text: str) -> str:
    """Without the spaces that an empty place leaves, line by line."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

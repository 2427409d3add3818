"""Mentions: `@name` of this server, `@name@host` of another."""

from itertools import islice

import regex

from mesange.kit.text.found import MAX_FOUND, FoundMention
from mesange.kit.text.scripts import SPACELESS

MAX_DOMAIN_LENGTH = 253

_BEFORE = rf"[[\w=/!#$%&*@＠]--[{SPACELESS}]]"
_AFTER = r"[@＠\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f\u1e00-\u1eff]|://"
_REMOTE = r"(?P<far>[A-Za-z0-9_]++(?:[.-]++[A-Za-z0-9_]++)*+)@(?P<domain>\w++(?:[.-]++\w++)*+)"
_LOCAL = r"(?P<near>[A-Za-z0-9_]++)"

# Quantifiers are possessive: no input makes this pattern try again.
_MENTION = regex.compile(rf"(?<!{_BEFORE})@(?:{_REMOTE}|{_LOCAL})(?!{_AFTER})", regex.VERSION1)


def find_mentions(text: str) -> list[FoundMention]:
    """Every mention, in order; a host longer than DNS allows is no mention."""
    if "@" not in text:
        return []
    return [
        FoundMention(match.start(), match.end(), match["far"] or match["near"], match["domain"])
        for match in islice(_MENTION.finditer(text), MAX_FOUND)
        if len(match["domain"] or "") <= MAX_DOMAIN_LENGTH
    ]

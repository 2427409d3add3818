"""Links: what starts with http:// or https:// and names a host with a top-level domain."""

from itertools import islice

import regex

from mesange.kit.text.found import MAX_FOUND, FoundLink
from mesange.kit.text.scripts import DIRECTIONS, SPACELESS

MAX_SUBDOMAINS = 125

_LATIN = "0-9A-Za-z"
_NOT_HOST = (
    r"\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xa0\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\ud800-\udfff\ufeff\ufffe\uffff"
)
# Plain letters stand first in each set: most links need no other test.
_HOST_SIGN = rf"[{_LATIN}[^{_NOT_HOST}]]"
_NARROW = rf"[{_LATIN}[^{_NOT_HOST}{SPACELESS}]]"
_WIDE = rf"[{SPACELESS}]"


def _label(signs: str, joins: str) -> str:
    return rf"{signs}++(?:[{joins}]++{signs}++)*+"


# After the first dot a label keeps to one kind of script: in `example.comだよね` the host ends at `com`.
_LABEL = rf"(?:{_label(_NARROW, '-')}|{_label(_WIDE, '-')})"
_SUBDOMAIN = rf"(?:{_label(_NARROW, '_-')}|{_label(_WIDE, '_-')})"
_TOP_LEVEL = (
    rf"(?:[Xx][Nn]--[{_LATIN}-]++|[A-Za-z[[\p{{L}}\p{{M}}]--[{SPACELESS}]]]{{2,63}}+|{_WIDE}{{2,63}}+)"
    rf"(?![{_LATIN}@+-])"
)
_DOTTED = rf"{_label(_HOST_SIGN, '_-')}\.(?:{_SUBDOMAIN}\.){{0,{MAX_SUBDOMAINS}}}{_LABEL}"
_HOST = rf"(?:{_DOTTED}|{_label(_HOST_SIGN, '-')})\.{_TOP_LEVEL}"

_PATH_SIGN = rf'[{_LATIN}/[^\s<>()?"\x00-\x1f\x7f-\x9f{DIRECTIONS}]]'
_BALANCED = rf"\((?:{_PATH_SIGN}++|\({_PATH_SIGN}++\))*+\)"
_PATH = rf"(?P<path>/(?:{_PATH_SIGN}++|{_BALANCED})*+)?+"
_QUERY = rf'(?P<query>\?[{_LATIN}=&[^\s<>"`{{}}\\\x00-\x1f\x7f-\x9f{DIRECTIONS}]]*+)?+'
# Twitter's shortener: the slug ends at the first sign it cannot hold ("http://t.co/abc's").
_SHORTENED = rf"[Tt]\.[Cc][Oo]/[{_LATIN}]++(?:\?[{_LATIN}_&=#/%-]++)?+"

_LINK = regex.compile(
    rf"(?<![{_LATIN}@＠$#＃\ufeff\ufffe\uffff])[Hh][Tt][Tt][Pp][Ss]?://"
    rf"(?:{_SHORTENED}|{_HOST}(?::[0-9]++)?+{_PATH}{_QUERY})",
    regex.VERSION1,
)
_PATH_TAIL = "!*'「」;:=,.$%[]~&|@"
_QUERY_TAIL = "!?*'();:+$%[].,~|@^"


def find_links(text: str) -> list[FoundLink]:
    """Every link, in order, without the punctuation that ends the sentence around it."""
    if "://" not in text:
        return []
    return [_without_tail(text, match) for match in islice(_LINK.finditer(text), MAX_FOUND)]


def _without_tail(text: str, match: regex.Match[str]) -> FoundLink:
    start, end = match.span()
    if query := match["query"]:
        end -= len(query) - len(query.rstrip(_QUERY_TAIL))
    if (path := match["path"]) and end <= match.end("path"):
        end = match.end("path") - len(path) + len(path.rstrip(_PATH_TAIL))
    return FoundLink(start, end, text[start:end])

"""Foreign HTML: keep what Mastodon keeps, as text or as markup; never raise."""

import html as entity_references

import nh3
import regex

from mesange.kit.text.html import escape
from mesange.kit.text.hygiene import without_surrogates

# fmt: off
ALLOWED_TAGS = {
    "p", "br", "span", "a", "del", "s", "pre", "blockquote", "code", "b", "strong", "u", "i", "em", "ul", "ol", "li",
}
# fmt: on
ALLOWED_ATTRIBUTES = {
    "a": {"href", "class", "translate"},
    "span": {"class", "translate"},
    "p": {"class"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "*": {"lang"},
}
# Deeply nested markup costs the parser the square of its depth; no post has so many tags.
MAX_TAGS = 2_000

_KEPT_CLASS = regex.compile(r"(?:h|p|u|dt|e)-.++|mention|hashtag|ellipsis|invisible|quote-inline")
_TAG = regex.compile(r"<[^<>]*+>")
_HEADING = regex.compile(r"<(/?)h[1-6](?=[\s/>])[^<>]*+>", regex.IGNORECASE)
_LINE_BREAK = regex.compile(r"<br(?=[\s/>])[^<>]*+>\n?", regex.IGNORECASE)
_BLOCK_END = regex.compile(r"</(?:p|li|blockquote|pre|h[1-6]|div)\s*+>\s*+", regex.IGNORECASE)


def _kept_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(one for one in value.split() if _KEPT_CLASS.fullmatch(one)) or None
    if name == "translate":
        return value if value == "no" else None
    return value


_MARKUP = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes=ALLOWED_ATTRIBUTES,
    attribute_filter=_kept_attribute,
    url_schemes={"http", "https"},
    url_relative="deny",
    link_rel="nofollow noopener noreferrer",
    set_tag_attribute_values={"a": {"target": "_blank"}},
)
_TEXT_ONLY = nh3.Cleaner(tags=set(), attributes={}, link_rel=None)


def sanitise(html: str) -> str:
    """The HTML with only Mastodon's elements, attributes, classes and http links; headings become strong."""
    html = without_surrogates(html)
    if html.count("<") > MAX_TAGS:
        return f"<p>{escape(plain(html))}</p>"
    return _MARKUP.clean(_HEADING.sub(_as_strong, html))


def _as_strong(heading: regex.Match[str]) -> str:
    return "</strong></p>" if heading[1] else "<p><strong>"


def plain(html: str) -> str:
    """The words of a piece of HTML, one line per paragraph or line break."""
    html = without_surrogates(html)
    broken = _BLOCK_END.sub("\n", _LINE_BREAK.sub("\n", html))
    if broken.count("<") > MAX_TAGS:
        broken = _TAG.sub("", broken).replace("<", "&lt;")
    return entity_references.unescape(_TEXT_ONLY.clean(broken)).strip()

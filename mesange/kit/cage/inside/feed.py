"""Reading a feed: RSS of every version, Atom and CDF by feedparser's own classes, with what it gets wrong put right.

Nothing is fetched, no entity is expanded but plain words: what nests them is hostile and raises Hostile.
"""

# feedparser has no types. What comes out of here is checked field by field in `mesange.kit.feeds`.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownParameterType=false, reportMissingTypeArgument=false, reportUntypedBaseClass=false
# pyright: reportMissingSuperCall=false
import calendar
import io
import re
import xml.sax
from typing import Any
from xml.sax import expatreader
from xml.sax.handler import feature_external_ges, feature_namespaces
from xml.sax.xmlreader import InputSource

import msgspec
from feedparser import FeedParserDict
from feedparser.api import LooseFeedParser, StrictFeedParser
from feedparser.encodings import convert_to_utf8
from feedparser.sanitizer import replace_doctype

MOST_ITEMS = 500
LONGEST_LINE = 2_000
LONGEST_TEXT = 20_000
# An entity whose value names another one: ten lines of these fill the memory of whoever expands them.
NESTED_ENTITY = re.compile(rb"""<!ENTITY\s[^>"']*(?:"[^"]*&(?!#)[^"]*"|'[^']*&(?!#)[^']*')""")
CODECS = (
    "utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be cp037 ascii latin-1 cp1250 cp1251 cp1252 cp1253 "
    "cp1254 cp1255 cp1256 cp1257 cp1258 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 "
    "iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman cp866 cp874 cp932 "
    "shift_jis euc_jp iso2022_jp cp949 euc_kr gb2312 gbk gb18030 big5 idna punycode"
).split()
WARMING = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>a</title><item><link>http://a.example/</link>"
    b"<pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate><description>&lt;p&gt;a&lt;/p&gt;</description></item></channel>"
    b"</rss>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><updated>2026-01-01T00:00:00Z</updated><p></entry>",
)
FIRST_ELEMENT = re.compile(rb"<\w")


class Hostile(Exception):
    """Entities made of entities."""


class Parser(StrictFeedParser):
    """As feedparser's next release reads: a link to a file does not stand in for the page, nor "no" for nothing."""

    def _start_link(self, attrs_d: Any) -> None:
        context: Any = self._get_context()
        self._before = context.get("link")
        super()._start_link(attrs_d)
        self._rel = attrs_d.get("rel", "alternate")

    def _end_link(self) -> None:
        is_text = bool(self.elementstack) and self.elementstack[-1][0] == "link"
        super()._end_link()
        context: Any = self._get_context()
        if is_text and self._rel != "alternate" and self._before and self.inentry:
            context["link"] = self._before

    def _end_itunes_explicit(self) -> None:
        value = self.pop("itunes_explicit", 0)
        known = {"yes": True, "true": True, "no": False, "false": False, "clean": False}
        context: Any = self._get_context()
        context["itunes_explicit"] = known.get(value)


def parsed(body: bytes, content_type: str, location: str, language: str = "") -> FeedParserDict:
    """What feedparser calls its result: `feed`, `entries`, `version` (empty for what is no feed), `bozo`.

    Raises Hostile.
    """
    result = FeedParserDict(bozo=False, entries=[], feed=FeedParserDict(), version="")
    headers = {"content-type": content_type}
    text = convert_to_utf8(headers, body, result)
    first = FIRST_ELEMENT.search(text)
    if NESTED_ENTITY.search(text, 0, first.start() if first else len(text)):
        raise Hostile
    version, text, entities = replace_doctype(text)
    parser: Any = None
    if result["encoding"]:
        parser = _strictly(text, location, language, result)
    if parser is None:
        parser = LooseFeedParser(location, language or None, "utf-8", entities)
        _prepare(parser)
        parser.feed(text.decode("utf-8", "replace"))
    result.update(feed=parser.feeddata, entries=parser.entries, version=version or parser.version)
    result["namespaces"] = parser.namespaces_in_use
    return result


def _strictly(text: bytes, location: str, language: str, result: FeedParserDict) -> Any:
    """None for what is not well formed: it is read loosely then, as most of the world does."""
    parser = Parser(location, language or None, "utf-8")
    _prepare(parser)
    reader = expatreader.create_parser()  # noqa: S315 - what hides in it was taken out, and the cage holds
    reader.setFeature(feature_namespaces, 1)
    reader.setFeature(feature_external_ges, 0)
    reader.setContentHandler(parser)
    reader.setErrorHandler(parser)
    source = InputSource()
    source.setByteStream(io.BytesIO(text))
    try:
        reader.parse(source)
    except xml.sax.SAXException as error:
        result.update(bozo=True, bozo_exception=parser.exc or error)
        return None
    return parser


def _prepare(parser: Any) -> None:
    parser.resolve_relative_uris = True
    parser.sanitize_html = True


def feed(body: bytes, content_type: str, location: str) -> bytes:
    """JSON of the shape of `mesange.kit.feeds.Feed`; "null" for what is no feed."""
    result = parsed(body, content_type, location)
    if not result["version"] and not result["entries"]:
        return b"null"
    told: Any = result["feed"]
    links = _links(told)
    said = {
        "title": _line(told.get("title")),
        "link": _line(told.get("link")),
        "language": _line(told.get("language"))[:20],
        "hub": next((link["href"] for link in links if link["rel"] == "hub"), ""),
        "topic": next((link["href"] for link in links if link["rel"] == "self"), ""),
        "items": [_item(entry) for entry in result["entries"][:MOST_ITEMS]],
    }
    return msgspec.json.encode(said)


def _item(entry: Any) -> dict[str, object]:
    contents = entry.get("content") or [{}]
    title, summary = entry.get("title_detail") or {}, entry.get("summary_detail") or contents[0]
    return {
        "guid": _line(entry.get("id")),
        "link": _line(entry.get("link")),
        "title": _line(entry.get("title")),
        "is_title_html": "html" in str(title.get("type", "")),
        "summary": str(entry.get("summary") or contents[0].get("value") or "")[:LONGEST_TEXT],
        "is_summary_html": "plain" not in str(summary.get("type", "")),
        "published_at": _moment(entry.get("published_parsed") or entry.get("created_parsed")),
        "updated_at": _moment(dict.get(entry, "updated_parsed")),
        "tags": [_line(tag.get("term"))[:200] for tag in (entry.get("tags") or [])[:30]],
    }


def _links(told: Any) -> list[dict[str, str]]:
    return [{"rel": str(link.get("rel")), "href": _line(link.get("href"))} for link in told.get("links") or []]


def _line(value: object) -> str:
    return " ".join(str(value or "")[:LONGEST_LINE].split())


def _moment(parts: Any) -> int | None:
    try:
        return calendar.timegm(parts) * 1000 if parts else None
    except (ValueError, OverflowError):
        return None

"""Atom, RFC 4287."""

from markupsafe import Markup

from mesange.edges.feeds.feed import Enclosure, Entry, Feed
from mesange.kit.clock import iso
from mesange.kit.web.xml import DECLARATION, element

MEDIA_TYPE = b"application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"


def write_atom(feed: Feed, address: str) -> bytes:
    """`address` is where this document stands."""
    made = element(
        "feed",
        element("id", feed.url),
        element("title", feed.title),
        element("subtitle", feed.description),
        element("updated", iso(feed.updated_at)),
        element("link", rel="alternate", type="text/html", href=feed.url),
        element("link", rel="self", type="application/atom+xml", href=address),
        element("generator", "Mésange"),
        *([element("icon", feed.icon)] if feed.icon else []),
        *map(_entry, feed.entries),
        xmlns=NAMESPACE,
    )
    return (DECLARATION + made).encode()


def _entry(entry: Entry) -> Markup:
    return element(
        "entry",
        element("id", entry.uri),
        element("title", entry.title),
        element("published", iso(entry.published_at)),
        element("updated", iso(entry.updated_at)),
        element("author", element("name", entry.author), element("uri", entry.author_url)),
        element("link", rel="alternate", type="text/html", href=entry.url),
        *map(_enclosure, entry.enclosures),
        *(element("category", term=name) for name in entry.hashtags),
        element("content", entry.html, type="html"),
    )


def _enclosure(file: Enclosure) -> Markup:
    length = str(file.size) if file.size else ""
    return element("link", rel="enclosure", type=file.media_type, href=file.url, length=length, title=file.description)

"""RSS 2.0, as the specification of the RSS Advisory Board says; a post has no title unless it has a warning."""

from email.utils import format_datetime

from markupsafe import Markup

from mesange.edges.feeds.feed import Enclosure, Entry, Feed
from mesange.kit.clock import moment
from mesange.kit.web.xml import DECLARATION, element

MEDIA_TYPE = b"application/rss+xml; charset=utf-8"
NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def write_rss(feed: Feed, address: str) -> bytes:
    """`address` is where this document stands."""
    head = [
        element("title", feed.title),
        element("link", feed.url),
        element("description", feed.description),
        element("atom:link", href=address, rel="self", type="application/rss+xml"),
        element("lastBuildDate", _date(feed.updated_at)),
        element("generator", "Mésange"),
    ]
    if feed.icon:
        head.append(
            element("image", element("url", feed.icon), element("title", feed.title), element("link", feed.url))
        )
    channel = element("channel", *head, *map(_item, feed.entries))
    return (DECLARATION + element("rss", channel, version="2.0", **NAMESPACES)).encode()


def _item(entry: Entry) -> Markup:
    return element(
        "item",
        *([element("title", entry.title)] if entry.is_warned else []),
        element("link", entry.url),
        element("guid", entry.url, isPermaLink="true"),
        element("pubDate", _date(entry.published_at)),
        element("dc:creator", entry.author),
        element("description", entry.html),
        *(element("category", name) for name in entry.hashtags),
        *map(_enclosure, entry.enclosures[:1]),
        *map(_media, entry.enclosures),
    )


def _enclosure(file: Enclosure) -> Markup:
    """Readers of RSS know one file an item; the others follow as media."""
    return element("enclosure", url=file.url, length=str(file.size), type=file.media_type)


def _media(file: Enclosure) -> Markup:
    described = [element("media:description", file.description, type="plain")] if file.description else []
    size = str(file.size) if file.size else ""
    return element("media:content", *described, url=file.url, type=file.media_type, fileSize=size)


def _date(milliseconds: int) -> str:
    return format_datetime(moment(milliseconds), usegmt=True)

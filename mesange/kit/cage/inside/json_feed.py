"""Reading a JSON Feed, of any version so far (https://jsonfeed.org/version/1.1)."""

from datetime import UTC, datetime

import msgspec

MOST_ITEMS = 500
LONGEST_LINE = 2_000
LONGEST_TEXT = 20_000
VERSION = "https://jsonfeed.org/version/"


class Item(msgspec.Struct):
    id: str | int | float = ""
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    summary: str | None = None
    content_text: str | None = None
    content_html: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    tags: list[str] | None = None


class Hub(msgspec.Struct):
    type: str = ""
    url: str = ""


class Document(msgspec.Struct):
    version: str = ""
    title: str | None = None
    home_page_url: str | None = None
    feed_url: str | None = None
    language: str | None = None
    hubs: list[Hub] | None = None
    items: list[Item] = []


def json_feed(body: bytes) -> bytes:
    """JSON of the shape of `mesange.kit.feeds.Feed`; "null" for what is no feed. Raises msgspec's errors."""
    read = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"), type=Document, strict=False)
    if not read.version.startswith(VERSION):
        return b"null"
    hubs = [hub.url for hub in read.hubs or [] if hub.type.lower() == "websub"]
    said = {
        "title": _line(read.title),
        "link": _line(read.home_page_url),
        "language": _line(read.language)[:20],
        "hub": _line(hubs[0]) if hubs else "",
        "topic": _line(read.feed_url),
        "items": [_item(item) for item in read.items[:MOST_ITEMS]],
    }
    return msgspec.json.encode(said)


def _item(item: Item) -> dict[str, object]:
    return {
        "guid": _line(str(item.id)),
        "link": _line(item.url or item.external_url),
        "title": _line(item.title),
        "is_title_html": False,
        "summary": (item.summary or item.content_html or item.content_text or "")[:LONGEST_TEXT],
        "is_summary_html": not item.summary and bool(item.content_html),
        "published_at": _moment(item.date_published),
        "updated_at": _moment(item.date_modified),
        "tags": [_line(tag)[:200] for tag in (item.tags or [])[:30]],
    }


def _line(value: str | None) -> str:
    return " ".join((value or "")[:LONGEST_LINE].split())


def _moment(text: str | None) -> int | None:
    """An RFC 3339 date; without a zone it is read as UTC."""
    try:
        read = datetime.fromisoformat(text or "")
        return int((read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None

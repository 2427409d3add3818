"""What a page says about itself, in OpenGraph, in Twitter's cards, in JSON-LD or in plain HTML, in this order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urljoin

from mesange.kit.previews.head import head_tags
from mesange.kit.previews.linked import Thing, article, decoded, name_of, text_of, thing
from mesange.kit.text import clean_name

LONGEST_TITLE = 300
LONGEST_DESCRIPTION = 1_000
LONGEST_NAME = 100
LONGEST_URL = 2_000


@dataclass(frozen=True, slots=True)
class Said:
    """Texts on one line, addresses whole and of the web; "" where the page says nothing. Time in milliseconds."""

    title: str = ""
    description: str = ""
    provider_name: str = ""
    author_name: str = ""
    author_url: str = ""
    image: str = ""
    image_description: str = ""
    language: str = ""
    published_at: int | None = None
    oembed: str = ""
    is_photo: bool = False


def read_page(html: str, url: str) -> Said:
    """`url` is where the page was found: what it names without a host is there too."""
    properties: dict[str, str] = {}
    linked: Thing = {}
    for tag in head_tags(html):
        if tag.name == "meta":
            _note(properties, (tag.get("property") or tag.get("name")).lower(), tag.get("content"))
        elif tag.name == "html":
            _note(properties, "language", tag.get("lang"))
        elif tag.name == "title":
            _note(properties, "title", unescape(tag.content[:LONGEST_URL]))
        elif tag.name == "link" and "alternate" in tag.get("rel").lower().split():
            if tag.get("type").lower() in ("application/json+oembed", "text/json+oembed"):
                _note(properties, "oembed", tag.get("href"))
        elif tag.name == "script" and tag.get("type").lower() == "application/ld+json":
            linked = linked or article(tag.content)
    return _said(properties, linked, url)


def _note(properties: dict[str, str], name: str, value: str) -> None:
    """The first one counts."""
    if value.strip():
        properties.setdefault(name, value)


def _said(properties: Mapping[str, str], linked: Thing, url: str) -> Said:
    def first(*names: str) -> str:
        return next((found for name in names if (found := properties.get(name, "").strip())), "")

    images = first("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return Said(
        title=clean_name(first("og:title", "twitter:title") or text_of(linked, "headline") or first("title"))[
            :LONGEST_TITLE
        ],
        description=clean_name(first("og:description", "twitter:description", "description"))[:LONGEST_DESCRIPTION],
        provider_name=clean_name(first("og:site_name", "application-name"))[:LONGEST_NAME],
        author_name=clean_name(first("author") or name_of(linked, "author"))[:LONGEST_NAME],
        image=web_address(images or name_of(linked, "image", "url"), url),
        image_description=clean_name(first("og:image:alt", "twitter:image:alt"))[:LONGEST_DESCRIPTION],
        language=first("language", "og:locale").replace("_", "-").partition("-")[0].lower()[:10],
        published_at=_time(first("article:published_time", "og:published_time") or text_of(linked, "datePublished")),
        oembed=web_address(first("oembed"), url),
    )


def with_oembed(said: Said, answer: bytes, url: str) -> Said:
    """What an oEmbed answer adds. Its `html` is not even looked at: a video becomes a card with its picture."""
    found = thing(decoded(answer))
    is_photo = found.get("type") == "photo"
    image = text_of(found, "url") if is_photo else ""
    return replace(
        said,
        title=said.title or clean_name(text_of(found, "title"))[:LONGEST_TITLE],
        author_name=said.author_name or clean_name(text_of(found, "author_name"))[:LONGEST_NAME],
        author_url=said.author_url or web_address(text_of(found, "author_url"), url),
        provider_name=said.provider_name or clean_name(text_of(found, "provider_name"))[:LONGEST_NAME],
        image=said.image or web_address(image or text_of(found, "thumbnail_url"), url),
        is_photo=is_photo,
    )


def web_address(address: str, url: str) -> str:
    """An address that stands in a page, whole; "" for what is not of the web. Whether it may be visited is asked
    where it is visited."""
    try:
        whole = urljoin(url, address.strip()) if address else ""
    except ValueError:
        return ""
    return whole if whole.lower().startswith(("https://", "http://")) and len(whole) <= LONGEST_URL else ""


def _time(text: str) -> int | None:
    try:
        at = datetime.fromisoformat(text[:40])
        return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1_000)
    except (ValueError, OverflowError):
        return None

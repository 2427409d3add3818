"""Where a page says that its feeds are."""

from urllib.parse import urljoin

from mesange.kit.previews.charset import text_of
from mesange.kit.previews.head import head_tags

KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
MOST = 10


def feeds_named(body: bytes, content_type: str, url: str) -> list[str]:
    """Addresses of the feeds that a page names in its head, in their order; none when it is no page."""
    found: list[str] = []
    for tag in head_tags(text_of(body, content_type)):
        is_feed = tag.name == "link" and "alternate" in tag.get("rel").lower().split()
        if is_feed and tag.get("type").partition(";")[0].strip().lower() in KINDS and len(found) < MOST:
            try:
                found.append(urljoin(url, tag.get("href").strip()))
            except ValueError:
                continue
    return found

"""Asking another site for its feed, politely: only what is new, and no more than a feed can be."""

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from hashlib import sha256

import regex

from mesange.kit.clock import SECOND
from mesange.kit.feeds import Feed, Unreadable, read_feed
from mesange.kit.feeds.reading import MOST_BYTES, FeedCages
from mesange.kit.http import Answer, Budget, OutgoingFailed, OutgoingRefused
from mesange.kit.server import Server
from mesange.workspace.publishing.model.relays import LONGEST_PATIENCE, LONGEST_WAIT, FeedRelay, RelayTrouble

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
SECONDS = 30.0
LINKED = regex.compile(r'<(?P<url>[^<>\s]{1,2000})>\s*;[^,]{0,200}?\brel="?(?P<rel>hub|self)\b', regex.IGNORECASE)
MAX_AGE = regex.compile(r"max-age=([0-9]{1,8})")


class FeedFailed(Exception):
    """`wait` is what the other server asked us to leave it alone for, in milliseconds; `feeds` what a page named."""

    def __init__(self, trouble: RelayTrouble, detail: str = "", wait: int = 0, feeds: list[str] | None = None) -> None:
        super().__init__(detail or trouble.value)
        self.trouble, self.detail, self.wait, self.feeds = trouble, detail[:300], wait, feeds or []


@dataclass(frozen=True, slots=True)
class Fetched:
    """`feed` None: the same as last time. `wait` is how long the answer asks to be kept."""

    url: str
    feed: Feed | None
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    wait: int = 0


async def fetch_feed(server: Server, url: str, before: FeedRelay | None = None) -> Fetched:
    """Raises FeedFailed."""
    try:
        answer = await server.http.get(
            url,
            accept=ACCEPT,
            headers=_conditions(before),
            budget=Budget(seconds=SECONDS, bytes_read=2 * MOST_BYTES, redirects=5),
        )
    except OutgoingRefused as error:
        raise FeedFailed(RelayTrouble.REFUSED, error.public_text) from error
    except OutgoingFailed as error:
        raise FeedFailed(RelayTrouble.UNREACHABLE, error.public_text) from error
    if answer.status == 304 and before is not None:
        return Fetched(answer.lasting_url, None, before.etag, before.last_modified, before.digest, _kept_for(answer))
    if answer.status != 200:
        trouble = RelayTrouble.GONE if answer.status == 410 else RelayTrouble.ANSWER
        raise FeedFailed(trouble, str(answer.status), _asked_wait(server, answer))
    return await _read(server, answer, before)


def _conditions(before: FeedRelay | None) -> dict[str, str]:
    known = {"if-none-match": before.etag, "if-modified-since": before.last_modified} if before else {}
    return {name: value for name, value in known.items() if value}


async def _read(server: Server, answer: Answer, before: FeedRelay | None) -> Fetched:
    digest = sha256(answer.body).hexdigest()
    etag, modified = answer.headers.get("etag", "")[:300], answer.headers.get("last-modified", "")[:100]
    if before is not None and digest == before.digest:
        return Fetched(answer.lasting_url, None, etag, modified, digest, _kept_for(answer))
    content_type = answer.headers.get("content-type", "")
    try:
        feed = await read_feed(server.of(FeedCages), answer.body, content_type, answer.url)
    except Unreadable as error:
        raise FeedFailed(RelayTrouble(error.trouble.value), ", ".join(error.feeds), feeds=error.feeds) from error
    return Fetched(answer.lasting_url, _with_hub(feed, answer), etag, modified, digest, _kept_for(answer))


def _with_hub(feed: Feed, answer: Answer) -> Feed:
    """Headers say it before the feed itself does (WebSub 4)."""
    said = {match["rel"].lower(): match["url"] for match in LINKED.finditer(answer.headers.get("link", "")[:8_000])}
    hub, topic = said.get("hub", feed.hub), said.get("self", feed.topic)
    return Feed(feed.title, feed.link, feed.items, feed.language, hub, topic or answer.url)


def _kept_for(answer: Answer) -> int:
    found = MAX_AGE.search(answer.headers.get("cache-control", "").lower())
    return min(int(found[1]) * SECOND, LONGEST_WAIT) if found else 0


def _asked_wait(server: Server, answer: Answer) -> int:
    """Retry-After, in seconds or as a date."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit() and len(text) < 9:
        return min(int(text) * SECOND, LONGEST_PATIENCE)
    try:
        wait = int(parsedate_to_datetime(text).timestamp() * SECOND) - server.clock.now()
    except (ValueError, OverflowError):
        return 0
    return min(max(wait, 0), LONGEST_PATIENCE)

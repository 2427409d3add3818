"""Sending a feed into the cage, a few at a time, and believing nothing that it says before it was looked at."""

import asyncio
import re
from enum import StrEnum
from signal import SIGXCPU

import msgspec

from mesange.kit.cage import TOO_LARGE, UNSUPPORTED, SaysTooMuch, TakesTooLong, put_into_cage
from mesange.kit.errors import Invalid
from mesange.kit.feeds.found import feeds_named
from mesange.kit.text import plain

MOST_BYTES = 4_000_000
MOST_ANSWER = 16_000_000
MOST_SUMMARY = 2_000
SECONDS = 15.0
PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)


class Trouble(StrEnum):
    """Why something is not read as a feed."""

    PAGE = "page"
    NO_FEED = "no_feed"
    HOSTILE = "hostile"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"


WORDS = {
    Trouble.PAGE: "This is a page, not a feed.",
    Trouble.NO_FEED: "What stands there is no feed that can be read: neither RSS, Atom nor JSON Feed.",
    Trouble.HOSTILE: "This feed is made to harm whoever reads it. It is not read.",
    Trouble.TOO_LARGE: "This feed is too large.",
    Trouble.TOO_SLOW: "This feed takes too long to read.",
}


class Unreadable(Invalid):
    """`feeds` are those that the page names, if it is one."""

    def __init__(self, trouble: Trouble, feeds: list[str] | None = None) -> None:
        super().__init__(WORDS[trouble], field="url", code=trouble.value)
        self.trouble = trouble
        self.feeds = feeds or []


class FeedItem(msgspec.Struct, frozen=True):
    """Texts without markup; `link` is http or https, or ""; times are milliseconds."""

    guid: str
    link: str
    title: str
    summary: str
    published_at: int | None = None
    updated_at: int | None = None
    tags: tuple[str, ...] = ()
    is_title_html: bool = False
    is_summary_html: bool = True


class Feed(msgspec.Struct, frozen=True):
    """`hub` and `topic` are where WebSub is offered, and of what."""

    title: str
    link: str
    items: tuple[FeedItem, ...]
    language: str = ""
    hub: str = ""
    topic: str = ""


class FeedCages:
    def __init__(self) -> None:
        self.turn = asyncio.Semaphore(2)


async def read_feed(cages: FeedCages, body: bytes, content_type: str, url: str) -> Feed:
    """The feed in these bytes, which came from `url`. Raises Unreadable."""
    if len(body) > MOST_BYTES:
        raise Unreadable(Trouble.TOO_LARGE)
    if PAGE.match(body[:10_000]):
        raise Unreadable(Trouble.PAGE, await asyncio.to_thread(feeds_named, body, content_type, url))
    try:
        async with cages.turn:
            code, answer = await put_into_cage(
                *("feed", content_type[:200], url), given=body, most=MOST_ANSWER, seconds=SECONDS
            )
    except TakesTooLong:
        raise Unreadable(Trouble.TOO_SLOW) from None
    except SaysTooMuch:
        raise Unreadable(Trouble.TOO_LARGE) from None
    if code == UNSUPPORTED:
        raise Unreadable(Trouble.HOSTILE)
    if code == -SIGXCPU:
        raise Unreadable(Trouble.TOO_SLOW)
    if code == TOO_LARGE:
        raise Unreadable(Trouble.TOO_LARGE)
    found = feed_in(answer) if code == 0 else None
    if found is None:
        raise Unreadable(Trouble.NO_FEED)
    return found


def feed_in(answer: bytes) -> Feed | None:
    """What the cage said, its markup taken away; None when it is no feed."""
    try:
        said = msgspec.json.decode(answer, type=Feed | None)
    except msgspec.DecodeError:
        return None
    if said is None:
        return None
    return msgspec.structs.replace(
        said,
        title=plain(said.title),
        link=_address(said.link),
        hub=_address(said.hub),
        topic=_address(said.topic),
        items=tuple(_cleaned(item) for item in said.items),
    )


def _cleaned(item: FeedItem) -> FeedItem:
    title = plain(item.title) if item.is_title_html else item.title
    summary = plain(item.summary) if item.is_summary_html else item.summary
    return msgspec.structs.replace(
        item,
        link=_address(item.link),
        title=" ".join(title.split()),
        summary=" ".join(summary.split())[:MOST_SUMMARY],
        tags=tuple(dict.fromkeys(filter(None, item.tags))),
    )


def _address(text: str) -> str:
    return text if text.startswith(("http://", "https://")) else ""

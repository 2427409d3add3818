"""Asking a page, once, what it says about itself: at most three requests, one budget for all of them."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from mesange.kit.http import Budget, Http, OutgoingFailed, OutgoingRefused
from mesange.kit.previews.charset import text_of
from mesange.kit.previews.saying import Said, read_page, with_oembed

MEBIBYTE = 1 << 20
MOST_OF_A_PAGE = MEBIBYTE
MOST_OF_OEMBED = 64 << 10
MOST_AT_ALL = 8 * MEBIBYTE
SECONDS = 20.0
PAGES = ("text/html", "application/xhtml+xml")
TRY_AGAIN = {408, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Preview:
    """`picture` holds the bytes of its image as they came, or nothing."""

    said: Said
    picture: bytes = b""


async def fetch_preview(http: Http, url: str) -> Preview | None:
    """None when there is nothing to show. Raises OutgoingFailed when another time may do better."""
    budget = Budget(seconds=SECONDS, bytes_read=MOST_AT_ALL, redirects=5, requests=3)
    try:
        answer = await http.get(url, accept=", ".join(PAGES), budget=budget, first=MOST_OF_A_PAGE)
    except OutgoingRefused:
        return None
    if answer.status in TRY_AGAIN:
        raise OutgoingFailed(f"{urlsplit(url).hostname} is busy.")
    content_type = answer.headers.get("content-type", "")
    if answer.status != 200 or not content_type.lower().startswith(PAGES):
        return None
    said = await asyncio.to_thread(_read, answer.body, content_type, answer.url)
    if said.oembed and not (said.title and said.image):
        said = with_oembed(said, await _beside(http, said.oembed, budget, MOST_OF_OEMBED), answer.url)
    if not said.title:
        return None
    return Preview(said, await _beside(http, said.image, budget) if said.image else b"")


def _read(body: bytes, content_type: str, url: str) -> Said:
    return read_page(text_of(body, content_type), url)


async def _beside(http: Http, url: str, budget: Budget, first: int | None = None) -> bytes:
    """Something that a page names: the page has a card without it too."""
    try:
        answer = await http.get(url, budget=budget, first=first)
    except (OutgoingRefused, OutgoingFailed):
        return b""
    return answer.body if answer.status == 200 else b""

"""Where a page says that its author is: its plain links with `rel="me"`."""

import asyncio
from urllib.parse import urlsplit

from mesange.kit.http import Budget, Http, OutgoingFailed, OutgoingRefused
from mesange.kit.previews.charset import text_of
from mesange.kit.previews.fetching import MOST_OF_A_PAGE, PAGES, TRY_AGAIN
from mesange.kit.previews.head import page_tags

SECONDS = 20.0


async def points_to(http: Http, url: str, addresses: list[str]) -> bool:
    """Whether the page at `url` links to one of the addresses with `rel="me"`.

    What another site answered after a redirect does not count: anybody can be redirected. Raises OutgoingFailed when
    another time may do better.
    """
    try:
        answer = await http.get(
            url,
            accept=", ".join(PAGES),
            budget=Budget(seconds=SECONDS, bytes_read=MOST_OF_A_PAGE),
            first=MOST_OF_A_PAGE,
        )
    except OutgoingRefused:
        return False
    if answer.status in TRY_AGAIN:
        raise OutgoingFailed(f"{urlsplit(url).hostname} is busy.")
    content_type = answer.headers.get("content-type", "")
    if answer.status != 200 or not content_type.lower().startswith(PAGES) or _host(answer.url) != _host(url):
        return False
    found = await asyncio.to_thread(me_links, text_of(answer.body, content_type))
    return bool(found & {address.lower() for address in addresses})


def me_links(text: str) -> set[str]:
    """The addresses of `a` and `link` tags with `rel="me"`, in small letters, without a slash at the end."""
    return {
        tag.get("href").strip().lower().rstrip("/")
        for tag in page_tags(text)
        if tag.name in ("a", "link") and "me" in tag.get("rel").lower().split()
    }


def _host(url: str) -> str:
    parts = urlsplit(url.lower())
    return parts.netloc.removeprefix("www.")

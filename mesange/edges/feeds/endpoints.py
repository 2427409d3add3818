"""The feeds of an account and of a hashtag, made once and kept until something happens."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from mesange.core.accounts.model import VISITOR
from mesange.core.accounts.queries import get_account_by_acct
from mesange.core.statuses.queries import AccountFilter, list_account_statuses
from mesange.core.timelines.queries import HashtagFilter, Origin, list_hashtag
from mesange.edges.feeds.atom import MEDIA_TYPE as ATOM
from mesange.edges.feeds.atom import write_atom
from mesange.edges.feeds.entries import entries_of, hashtag_url, profile_url
from mesange.edges.feeds.feed import Feed
from mesange.edges.feeds.rss import MEDIA_TYPE as RSS
from mesange.edges.feeds.rss import write_rss
from mesange.kit.db import Position
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.kit.rendered import Cache
from mesange.kit.server import Server
from mesange.kit.text import is_hashtag
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response
from mesange.kit.web.router import Endpoint
from mesange.kit.web.tagged import Tagged, tagged

ENTRIES = 20
MOST_BYTES = 8_000_000
HEADERS = [
    (b"cache-control", b"public, max-age=60"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; sandbox; frame-ancestors 'none'"),
    (b"access-control-allow-origin", b"*"),
]

Maker: TypeAlias = Callable[[Server, str], Awaitable[Feed]]
"""From the name in the path to the feed. Raises NotFound, Gone."""


@dataclass(frozen=True, slots=True)
class Format:
    ending: str
    media_type: bytes
    write: Callable[[Feed, str], bytes]


FORMATS = (Format("rss", RSS, write_rss), Format("atom", ATOM, write_atom))


class KeptFeeds:
    """Documents by path, with where the log stood before they were made."""

    def __init__(self) -> None:
        self.kept: Cache[str, tuple[Position, Tagged]] = Cache(MOST_BYTES)


def feed_endpoint(make: Maker, written: Format) -> Endpoint:
    async def endpoint(server: Server, request: Request) -> Response:
        kept, head = server.of(KeptFeeds).kept, server.eventlog.head
        found = kept.get(request.path)
        if found is None or found[0] != head:
            feed = await make(server, request.segments["name"])
            body = written.write(feed, server.settings.public_origin + request.path)
            found = head, tagged(Response(body, 200, written.media_type, HEADERS), feed.updated_at)
            kept.put(request.path, found, len(body) + 1_000)
        return found[1].answer(request)

    return endpoint


async def account_feed(server: Server, name: str) -> Feed:
    """What an account says to everyone: no boosts, no answers to others."""
    settings = server.settings
    account = await get_account_by_acct(server, name)
    if account.domain:
        raise NotFound()
    said = AccountFilter(excludes_replies=True, excludes_reblogs=True, only_public=True)
    ids = await list_account_statuses(server, VISITOR, account.id, Page(limit=ENTRIES), said)
    handle = f"@{account.username}@{settings.domain}"
    return Feed(
        title=f"{account.display_name or account.username} ({handle})",
        url=profile_url(settings, account),
        description=account.note or handle,
        entries=await entries_of(server, ids),
        began_at=account.created_at,
        icon=f"{settings.public_origin}/media/{account.avatar}" if account.avatar else "",
    )


async def hashtag_feed(server: Server, name: str) -> Feed:
    if not is_hashtag(name):
        raise NotFound()
    ids = await list_hashtag(server, VISITOR, Page(limit=ENTRIES), HashtagFilter(name), Origin())
    title = f"#{name} · {server.settings.title}"
    return Feed(title, hashtag_url(server.settings, name), title, await entries_of(server, ids), began_at=0)

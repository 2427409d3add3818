"""Blogs of somewhere else: a server on the loopback whose feeds a test writes, edits and breaks."""

import asyncio
from dataclasses import dataclass, field, replace
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from mesange.core.accounts.model import Account, Viewer
from mesange.core.teams.actions import add_member
from mesange.core.teams.model import Organization, Role
from mesange.kit.clock import MINUTE, moment
from mesange.kit.server import Server
from tests.core.people import new_user
from tests.kit.loopback import Behaviour, Loopback


@dataclass(frozen=True)
class Entry:
    guid: str
    title: str
    link: str
    at: int
    summary: str = ""
    tags: tuple[str, ...] = ()

    @property
    def xml(self) -> str:
        tags = "".join(f"<category>{escape(tag)}</category>" for tag in self.tags)
        return (
            f'<item><guid isPermaLink="false">{escape(self.guid)}</guid><title>{escape(self.title)}</title>'
            f"<link>{escape(self.link)}</link><pubDate>{format_datetime(moment(self.at))}</pubDate>"
            f"<description>{escape(self.summary)}</description>{tags}</item>"
        )


@dataclass
class Blog:
    """Its feed stands at `/feed`; `answers` are whole answers for other paths, or instead of the feed."""

    port: int = 0
    entries: list[Entry] = field(default_factory=list[Entry])
    hub: str = ""
    headers: str = ""
    answers: dict[str, bytes | Behaviour] = field(default_factory=dict[str, "bytes | Behaviour"])
    asked: list[bytes] = field(default_factory=list[bytes])

    async def open(self, loopback: Loopback) -> "Blog":
        self.port = await loopback.serve(self._answer)
        return self

    def url(self, path: str = "/feed", host: str = "blog.example.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def write(self, guid: str, title: str, at: int, **more: str | tuple[str, ...]) -> None:
        """A new item, at the top."""
        self.entries.insert(0, Entry(guid, title, self.url(f"/{guid}"), at // 1000 * 1000, **more))  # type: ignore[arg-type]

    def change(self, guid: str, /, **changes: str) -> None:
        self.entries = [replace(each, **changes) if each.guid == guid else each for each in self.entries]  # type: ignore[arg-type]

    def times_asked(self, path: str = "/feed") -> int:
        return sum(request.split(b" ")[1] == path.encode() for request in self.asked)

    async def _answer(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        self.asked.append(request)
        path = request.split(b" ")[1].decode()
        answer = self.answers.get(path, b"")
        if callable(answer):
            await answer(request, writer)
            return
        writer.write(answer or self._feed(request))
        await writer.drain()

    def _feed(self, request: bytes) -> bytes:
        hub = f'<atom:link rel="hub" href="{self.hub}"/><atom:link rel="self" href="{self.url()}"/>' if self.hub else ""
        body = (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
            f"<title>Le blog</title>{hub}{''.join(each.xml for each in self.entries)}</channel></rss>"
        ).encode()
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        if f"if-none-match: {etag}".encode() in request.lower():
            return b"HTTP/1.1 304 Not Modified\r\ncontent-length: 0\r\n\r\n"
        head = (
            f"HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\netag: {etag}\r\n{self.headers}"
            f"content-length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def told(status: str, *headers: str, body: bytes = b"") -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers, f"content-length: {len(body)}", "", ""])
    return head.encode() + body


LATER = 20 * MINUTE


async def member(server: Server, organization: Organization, account: Account, role: Role) -> Viewer:
    user = await new_user(server, f"{role}-{server.ids.next()}@example.org")
    await add_member(server, organization.id, user.id, role)
    return Viewer(account_id=account.id, user_id=user.id)

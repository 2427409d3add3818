"""The files of an archive: name, and bytes piece by piece."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.archives.model.activities import CONTEXT, actor, announcement, creation, media_path
from mesange.core.archives.queries.kept_rows import KEPT, earlier_versions, kept_rows
from mesange.core.archives.queries.lists_of_people import CSV_FILES, Pieces, marked_uris, uris_of
from mesange.core.archives.queries.pages import own_statuses, pages_of
from mesange.core.media.queries import load_media
from mesange.core.statuses.model import Holds, Status
from mesange.core.statuses.queries import load_mentioned, load_polls
from mesange.kit.server import Server
from mesange.kit.web.response import encode_json

MOST_OF_A_FILE = 1 << 40


@dataclass(slots=True)
class Contents:
    """What an archive of an account holds. `done` counts the posts written so far."""

    server: Server
    account: Account
    user_id: int
    done: int = 0

    def documents(self) -> Iterator[tuple[str, Pieces]]:
        """Each file with its bytes, in the order in which they are to be read."""
        yield "actor.json", _one(actor(self.server.settings, self.account))
        yield "outbox.json", self._outbox()
        for name, table in (("likes.json", "favourites"), ("bookmarks.json", "bookmarks")):
            yield name, _collection(name, marked_uris(self.server, table, self.account.id))
        for name, csv in CSV_FILES.items():
            yield f"csv/{name}", csv(self.server, self.account.id)
        for kept in KEPT:
            if kept.is_of_login and self.account.is_pseudonym:
                continue  # The archive of a pseudonym may be given away: it says nothing of its person.
            rows = kept_rows(self.server, kept, self.account, self.user_id)
            yield f"mesange/{kept.name}.json", _list(rows)
        yield "mesange/edits.json", _list(earlier_versions(self.server.db, self.account.id))

    async def files(self) -> AsyncGenerator[tuple[str, Pieces]]:
        """The pictures of the profile and every file that was uploaded, with where they stand in the archive."""
        for name in ("avatar", "header"):
            if file := getattr(self.account, name):
                yield f"{name}.{file.rpartition('.')[2]}", self._stored(file)
        sql = "SELECT id, file FROM media_attachments WHERE account_id = ? AND file <> ''"
        async for rows in pages_of(self.server.db, sql, self.account.id):
            for _, file in rows:
                yield media_path(file), self._stored(file)

    def _stored(self, file: str) -> Pieces:
        return self.server.media.pieces(file, 0, MOST_OF_A_FILE)

    def _outbox(self) -> Pieces:
        return _collection("outbox.json", self._activities())

    async def _activities(self) -> AsyncGenerator[list[dict[str, Any]]]:
        async for statuses in own_statuses(self.server.db, self.account.id):
            yield await self._written(statuses)
            self.done += len(statuses)

    async def _written(self, statuses: Sequence[Status]) -> list[dict[str, Any]]:
        server, settings = self.server, self.server.settings
        mentioned = await load_mentioned(server.db, [each.id for each in statuses if "@" in each.text])
        people = await load_accounts(server, {id for ids in mentioned.values() for id in ids})
        boosted = await uris_of(server, [each.reblog_of_id for each in statuses if each.reblog_of_id])
        files = await load_media(server.db, [each.id for each in statuses if each.holds & Holds.MEDIA])
        polls = await load_polls(server, [each.id for each in statuses if each.holds & Holds.POLL])
        made: list[dict[str, Any]] = []
        for status in statuses:
            if status.reblog_of_id in boosted:
                made.append(announcement(settings, self.account, status, boosted[status.reblog_of_id]))
            elif not status.reblog_of_id:
                named = [people[id] for id in mentioned.get(status.id, []) if id in people]
                made.append(
                    creation(settings, self.account, status, named, files.get(status.id, ()), polls.get(status.id))
                )
        return made


async def _one(value: dict[str, Any]) -> Pieces:
    yield encode_json(value)


async def _list(pages: AsyncIterator[Sequence[Any]]) -> Pieces:
    """A JSON list, a page at a time."""
    before = b"["
    async for page in pages:
        if page:
            yield before + b",\n".join(map(encode_json, page))
            before = b",\n"
    yield b"]" if before != b"[" else b"[]"


async def _collection(name: str, pages: AsyncIterator[Sequence[Any]]) -> Pieces:
    """ActivityPub's OrderedCollection. How many it holds stands at its end: only then it is known."""
    head = {"@context": CONTEXT, "id": name, "type": "OrderedCollection"}
    yield encode_json(head)[:-1] + b',"orderedItems":'
    total = 0

    async def counted() -> AsyncGenerator[Sequence[Any]]:
        nonlocal total
        async for page in pages:
            total += len(page)
            yield page

    async for piece in _list(counted()):
        yield piece
    yield b',"totalItems":%d}' % total

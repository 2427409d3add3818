"""Columns of a deck that must be asked what is new: searches, bookmarks, favourites. They are told when."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mesange.core.statuses.actions.marks import bookmark_status, favourite_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Visibility
from mesange.kit.server import Server
from tests.edges.reader import Reader, digest
from tests.edges.test_pages_decks import add, address, make_deck, open_stream, titles, viewer_of


@asynccontextmanager
async def listening(reader: Reader, path: str) -> AsyncIterator[list[bytes]]:
    """What a stream says, from when it is open."""
    told: list[bytes] = []
    opened = asyncio.Event()

    async def send(message: dict[str, object]) -> None:
        told.append(bytes(message.get("body", b"")))  # type: ignore[arg-type]  # ASGI messages are dicts of anything
        if message["type"] == "http.response.body":
            opened.set()

    stream = asyncio.ensure_future(open_stream(reader, path, send))
    async with asyncio.timeout(5):
        await opened.wait()
    yield told
    reader.server.live.close_all()
    await stream


def asked(told: list[bytes]) -> list[tuple[str, str]]:
    """(column, up to which post) of each time that a column is told to ask, and begins anew."""
    lines = [each.split("\n") for each in b"".join(told).decode().split("\n\n") if "event: ask" in each]
    told.clear()
    return [(column.removeprefix("data: "), payload.split('"')[3]) for column, _event, payload in lines]


async def test_a_column_is_told_when_it_may_have_news(server: Server, alma: Reader, leo: Reader) -> None:
    deck = await make_deck(alma)
    for kind, value in (("search", "algues -mortes"), ("bookmarks", ""), ("favourites", "")):
        await add(alma, deck, kind, value)
    search, bookmarks, favourites = (address(alma, title).rpartition("/")[2] for title in titles(alma)[-3:])
    own, other = await viewer_of(server, "alma"), await viewer_of(server, "leo")
    async with listening(alma, f"{deck}/live") as told:
        assert asked(told) == [(search, "0"), (bookmarks, "0"), (favourites, "0")], "what came meanwhile is not lost"
        status = await publish_status(server, other, Draft("Une algue sur la plage"))
        assert asked(told) == [(search, str(status.id))]
        await publish_status(server, other, Draft("Rien sur la plage"))
        await publish_status(server, other, Draft("Des algues entre nous", visibility=Visibility.PRIVATE))
        assert asked(told) == []
        for act, column in ((bookmark_status, bookmarks), (favourite_status, favourites)):
            await act(server, other, status.id)
            assert asked(told) == [], "what others keep is theirs"
            await act(server, own, status.id)
            assert asked(told) == [(column, "0")]
    news = asyncio.ensure_future(alma.http.get(f"{deck}/columns/{search}/cards?after=0&until={status.id}"))
    await digest(server)
    assert "sur la plage" in (await news).text, "a search waits until the post can be found"

"""Open streams: written at once, ended for who does not read, left without a trace."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import msgspec
import pytest

from mesange.kit.live import Live, Message
from mesange.kit.web.request import Request
from mesange.kit.web.streams import HEARTBEAT, MOST_WAITING, EventStream, Socket, stream_events

UPDATE = Message("update", b'{"id":"1"}')
EARLY = Message("update", b'"while it was looked up"')


class Client:
    """The other end of a connection, as the server sees it."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.is_reading = True

    async def send(self, message: Any) -> None:
        while not self.is_reading:
            await asyncio.sleep(0.001)
        self.received.append(dict(message))

    async def receive(self) -> dict[str, Any]:
        return await self.said.get()

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not is_so():
                await asyncio.sleep(0.001)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.received)

    @property
    def frames(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(message["text"]) for message in self.received if "text" in message]


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def live() -> Live:
    return Live()


@pytest.fixture
async def listening(client: Client, live: Live) -> AsyncGenerator[asyncio.Task[None]]:
    """A client that reads the events of `public` and `user:1`."""
    scope = {"method": "GET", "path": "/", "headers": [], "query_string": b""}
    request = Request(scope, client.receive, client.send, {})

    async def missed(_: EventStream) -> bytes:
        live.push("user:1", EARLY)
        return b":hello\n\n"

    task = asyncio.create_task(stream_events(request, live, ["public", "user:1"], [], missed))
    await client.until(lambda: bool(client.body))
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_events_are_written_at_once(client: Client, live: Live, listening: asyncio.Task[None]) -> None:
    start = client.received[0]
    assert (start["status"], dict(start["headers"])[b"content-type"]) == (200, b"text/event-stream; charset=utf-8")
    assert client.body == HEARTBEAT + b":hello\n\n" + EARLY.sse
    live.push("public", UPDATE)
    live.push("user:1", UPDATE)
    assert client.body.endswith(UPDATE.sse * 2)
    assert not listening.done()


async def test_a_client_that_leaves_is_forgotten(client: Client, live: Live, listening: asyncio.Task[None]) -> None:
    client.said.put_nowait({"type": "http.disconnect"})
    await listening
    assert live.is_idle


async def test_a_stream_whose_access_ends_is_finished(
    client: Client, live: Live, listening: asyncio.Task[None]
) -> None:
    live.close("user:1")
    await listening
    assert live.is_idle
    assert client.received[-1] == {"type": "http.response.body", "body": b""}
    assert "more_body" not in client.received[-1]


async def test_a_client_that_does_not_read_is_let_go(client: Client, live: Live, listening: asyncio.Task[None]) -> None:
    client.is_reading = False
    live.push("public", UPDATE)
    live.push("public", UPDATE)
    async with asyncio.timeout(60):
        while not live.is_idle:
            await asyncio.sleep(0.001)
    client.is_reading = True
    await listening


# The WebSocket.


async def open_socket(client: Client, live: Live, heard: Callable[..., Awaitable[None]]) -> asyncio.Task[None]:
    socket = Socket(live, client.receive, client.send)
    socket.follow("public", ["public"])
    return asyncio.create_task(socket.run(heard))


async def nothing(socket: Socket, said: dict[str, Any]) -> None:
    """For who says nothing."""


async def test_a_socket_hears_its_streams_by_name(client: Client, live: Live) -> None:
    running = await open_socket(client, live, nothing)
    live.push("public", UPDATE)
    live.push("public", Message("filters_changed", b""))
    await client.until(lambda: len(client.frames) == 2)
    assert client.frames == [
        {"stream": ["public"], "event": "update", "payload": '{"id":"1"}'},
        {"stream": ["public"], "event": "filters_changed"},
    ]
    client.said.put_nowait({"type": "websocket.disconnect"})
    await running
    assert live.is_idle


async def test_what_a_client_says_is_heard_and_nonsense_is_answered(client: Client, live: Live) -> None:
    heard: list[dict[str, Any]] = []

    async def hear(socket: Socket, said: dict[str, Any]) -> None:
        heard.append(said)
        socket.follow("user:1", ["user"])

    running = await open_socket(client, live, hear)
    for text in ("{", "[]", '{"type":"subscribe"}', "[" * 100_000):
        client.said.put_nowait({"type": "websocket.receive", "text": text})
    await client.until(lambda: len(client.frames) == 3)
    assert heard == [{"type": "subscribe"}]
    assert {frame["status"] for frame in client.frames} == {400}
    assert live.has_listeners("user:1")
    live.close("user:1")
    await running
    assert client.received[-1]["type"] == "websocket.close"
    assert live.is_idle


async def test_a_socket_that_does_not_keep_up_is_closed(client: Client, live: Live) -> None:
    client.is_reading = False
    running = await open_socket(client, live, nothing)
    await asyncio.sleep(0)
    for _ in range(MOST_WAITING + 10):
        live.push("public", UPDATE)
    client.is_reading = True
    await running
    assert client.received[-1]["type"] == "websocket.close"
    assert len(client.frames) <= MOST_WAITING

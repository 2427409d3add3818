"""Server-sent events and WebSockets out of the live hub."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec

from mesange.kit.live import Live, Message
from mesange.kit.web.request import Receive, Request, Scope, Send

HEARTBEAT_SECONDS = 15.0
HEARTBEAT = b":thump\n\n"
MOST_WAITING = 256
SSE_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class EventStream:
    """One server-sent-events answer. Messages are written at once; who does not read them is let go.

    It follows its channels before it is open, so that nothing is lost while what was missed is looked up.
    """

    def __init__(self, live: Live, send: Send) -> None:
        self._live = live
        self._send = send
        self._labels: dict[str, bytes] = {}
        self._channels: set[str] = set()
        self._early: list[bytes] | None = []
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def follow(self, channel: str, *labels: str) -> None:
        """With `labels`, what comes by the channel has one more line before its payload, which names them."""
        self._channels.add(channel)
        if labels:
            known = self._labels.get(channel, b"").removeprefix(b"data: ").split()
            self._labels[channel] = label_line(*(label.decode() for label in known), *labels)
        self._live.join(channel, self)

    def push(self, channel: str, message: Message) -> None:
        label = self._labels.get(channel)
        self.write(message.sse if label is None else label + message.sse)

    async def open(self, headers: Sequence[tuple[bytes, bytes]], first: bytes) -> None:
        await self._send({"type": "http.response.start", "status": 200, "headers": [*SSE_HEADERS, *headers]})
        early, self._early = self._early or [], None
        self.write(b"".join((HEARTBEAT, first, *early)))

    def write(self, data: bytes) -> None:
        if self.ended.done():
            return
        if self._early is not None:
            self._early.append(data)
            return
        writing = self._send({"type": "http.response.body", "body": data, "more_body": True})
        try:
            writing.send(None)  # type: ignore[attr-defined]
        except StopIteration:
            return
        except OSError:
            pass
        writing.close()  # type: ignore[attr-defined]  # The client's buffer is full: it comes back and catches up.
        self.close()

    def close(self) -> None:
        if not self.ended.done():
            self.ended.set_result(None)

    def leave(self) -> None:
        for channel in self._channels:
            self._live.leave(channel, self)
        self.close()


def label_line(*labels: str) -> bytes:
    """Data of an event that comes in several lines reaches the page with line breaks between them."""
    return b"data: %s\n" % " ".join(labels).encode()


async def stream_events(
    request: Request,
    live: Live,
    channels: Sequence[str],
    headers: Sequence[tuple[bytes, bytes]],
    missed: Callable[[EventStream], Awaitable[bytes]] | None = None,
) -> None:
    """Answer with what is pushed on the channels until the client leaves or access ends, after what it `missed`.

    What happens during the look-up may come twice, never not at all. The look-up may let the stream follow more.
    """
    stream = EventStream(live, request.send)
    for channel in channels:
        stream.follow(channel)
    leaving = asyncio.ensure_future(_until_gone(request.receive))
    try:
        await stream.open(headers, await missed(stream) if missed else b"")
        while not leaving.done() and not stream.ended.done():
            waiting: set[asyncio.Future[None]] = {leaving, stream.ended}
            done, _ = await asyncio.wait(waiting, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if not done:
                stream.write(HEARTBEAT)
    finally:
        stream.leave()
        leaving.cancel()
    if not leaving.done() or leaving.cancelled():
        await request.send({"type": "http.response.body", "body": b""})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Socket:
    """One open WebSocket. `stream_of` names the streams that a channel stands for on this socket."""

    def __init__(self, live: Live, receive: Receive, send: Send) -> None:
        self._live = live
        self._receive = receive
        self._send = send
        self._waiting: asyncio.Queue[str | None] = asyncio.Queue(MOST_WAITING)
        self._streams: dict[str, list[str]] = {}

    @property
    def streams(self) -> int:
        return len(self._streams)

    def follow(self, channel: str, stream: list[str]) -> None:
        self._streams[channel] = stream
        self._live.join(channel, self)

    def unfollow(self, channel: str) -> None:
        self._streams.pop(channel, None)
        self._live.leave(channel, self)

    def push(self, channel: str, message: Message) -> None:
        frame = {"stream": self._streams.get(channel, []), "event": message.event}
        if message.payload:
            frame["payload"] = message.payload.decode()
        self.say(frame)

    def say(self, frame: dict[str, Any]) -> None:
        try:
            self._waiting.put_nowait(msgspec.json.encode(frame).decode())
        except asyncio.QueueFull:
            self.close()

    def close(self) -> None:
        while self._waiting.full():
            self._waiting.get_nowait()
        self._waiting.put_nowait(None)

    async def run(self, heard: Callable[["Socket", dict[str, Any]], Awaitable[None]]) -> None:
        """Write what is pushed, hand what the client says to `heard`, until either side ends."""
        writer = asyncio.ensure_future(self._write())
        reader = asyncio.ensure_future(self._read(heard))
        try:
            await asyncio.wait({writer, reader}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for channel in list(self._streams):
                self.unfollow(channel)
            for task in (writer, reader):
                task.cancel()
        if not reader.done() or reader.cancelled():
            await self._send({"type": "websocket.close", "code": 1000})

    async def _write(self) -> None:
        while (text := await self._waiting.get()) is not None:
            await self._send({"type": "websocket.send", "text": text})

    async def _read(self, heard: Callable[["Socket", dict[str, Any]], Awaitable[None]]) -> None:
        while (message := await self._receive())["type"] != "websocket.disconnect":
            try:
                said = msgspec.json.decode(message.get("text") or message.get("bytes") or b"{}")
            except (msgspec.DecodeError, RecursionError, UnicodeError):
                said = None
            if isinstance(said, dict):
                await heard(self, said)  # type: ignore[arg-type]
            else:
                self.say({"error": "This is no JSON object.", "status": 400})


def socket_header(scope: Scope, name: bytes) -> str:
    return dict(scope["headers"]).get(name, b"").decode("latin-1")

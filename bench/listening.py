"""An open stream of server-sent events that notes when it hears a word."""

import asyncio
import time
from typing import Self, cast

from bench.failure import MeasureFailed
from bench.people import Member
from bench.wire import Address, get

OPENS_WITHIN_SECONDS = 10.0


class Listener(asyncio.Protocol):
    """The user stream of one member."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._transport: asyncio.WriteTransport | None = None
        self._opened: asyncio.Future[None] = loop.create_future()
        self._heard: asyncio.Future[float] = loop.create_future()
        self._word = b""
        self._tail = b""

    @classmethod
    async def open(cls, address: Address, member: Member) -> Self:
        _, listener = await asyncio.get_running_loop().create_connection(cls, address.host, address.port)
        assert listener._transport is not None
        listener._transport.write(get("/api/v1/streaming/user", member.token))
        async with asyncio.timeout(OPENS_WITHIN_SECONDS):
            await listener._opened
        return listener

    def hear(self, word: str) -> asyncio.Future[float]:
        """The monotonic time at which this word arrives."""
        self._word, self._tail = word.encode(), b""
        self._heard = asyncio.get_running_loop().create_future()
        return self._heard

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports write, but do not say so by inheritance.
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        if not self._opened.done():
            self._answered(data)
        if self._word and self._word in self._tail + data and not self._heard.done():
            self._heard.set_result(time.monotonic())
        self._tail = data[-len(self._word) :]

    def connection_lost(self, exc: Exception | None) -> None:
        closed = exc or ConnectionResetError("the server closed the stream")
        for waiter in (self._opened, self._heard):
            if not waiter.done() and self._word:
                waiter.set_exception(closed)

    def _answered(self, head: bytes) -> None:
        if head.startswith(b"HTTP/1.1 200"):
            self._opened.set_result(None)
        else:
            self._opened.set_exception(MeasureFailed(f"the stream answered {head[:100].decode(errors='replace')}"))

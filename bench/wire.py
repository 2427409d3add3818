"""A keep-alive HTTP/1.1 connection that costs the machine as little as possible: it shares cores with the server."""

import asyncio
import json
import time
from collections.abc import Mapping
from typing import NamedTuple, Self, cast
from urllib.parse import urlencode

import httptools

PATIENCE_SECONDS = 30.0


class Address(NamedTuple):
    host: str
    port: int


class Answer(NamedTuple):
    status: int
    body: bytes
    seconds: float


class Wire(asyncio.Protocol):
    """Asks one request at a time and waits for the whole answer."""

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._body: list[bytes] = []
        self._waiter: asyncio.Future[None] | None = None
        self._transport: asyncio.WriteTransport | None = None

    @classmethod
    async def open(cls, address: Address) -> Self:
        _, wire = await asyncio.get_running_loop().create_connection(cls, address.host, address.port)
        return wire

    async def ask(self, request: bytes) -> Answer:
        assert self._transport is not None
        self._waiter = asyncio.get_running_loop().create_future()
        self._body.clear()
        started = time.perf_counter()
        self._transport.write(request)
        await self._waiter
        return Answer(self._parser.get_status_code(), b"".join(self._body), time.perf_counter() - started)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports write, but do not say so by inheritance.
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(exc or ConnectionResetError("the server closed the connection"))


def get(path: str, token: str = "", **query: str | int) -> bytes:
    """The bytes of a GET, built once and sent many times."""
    target = f"{path}?{urlencode(query)}" if query else path
    return _head("GET", target, token) + b"\r\n"


def post(path: str, token: str, values: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a POST with a JSON body."""
    body = json.dumps(values or {}).encode()
    head = _head("POST", path, token)
    return head + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def _head(method: str, target: str, token: str) -> bytes:
    bearer = f"Authorization: Bearer {token}\r\n" if token else ""
    return f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n{bearer}".encode()


def upload(path: str, token: str, name: str, content: bytes) -> bytes:
    """The bytes of a POST with one file."""
    edge = b"photograph-of-the-bench"
    about = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    body = b"--%s\r\n%s%s\r\n--%s--\r\n" % (edge, about, content, edge)
    head = _head("POST", path, token)
    return (
        head
        + b"Content-Type: multipart/form-data; boundary=%s\r\nContent-Length: %d\r\n\r\n" % (edge, len(body))
        + body
    )

"""One request and its answer on one connection, read no further than the budget allows."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import h11

from mesange.kit.http.budget import Budget
from mesange.kit.http.codings import coding_named
from mesange.kit.http.connections import Streams
from mesange.kit.http.errors import OutgoingFailed
from mesange.kit.http.urls import Target

READ_SIZE = 16_384
LONGEST_HEADERS = 32_768
# A body in chunks of one byte, or endless 103 hints, cost us CPU and not bytes: each event is charged like some bytes.
EVENT_PRICE = 256


@dataclass(frozen=True)
class Question:
    method: str
    target: Target
    headers: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Head:
    """Status and headers of an answer, the names in small letters."""

    status: int
    headers: dict[str, str]


class Exchange:
    """Raises OutgoingFailed, OSError or h11's errors; the client tells the latter two plainly."""

    def __init__(self, streams: Streams, budget: Budget, *, read_seconds: float) -> None:
        self._reader, self._writer = streams
        self._budget = budget
        self._read_seconds = read_seconds
        self._protocol = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEADERS)

    async def ask(self, question: Question) -> Head:
        """Send the question and read the head of the answer."""
        target = question.target
        request = h11.Request(method=question.method, target=target.path, headers=list(question.headers.items()))
        for event in (request, h11.Data(data=question.body), h11.EndOfMessage()):
            self._writer.write(self._protocol.send(event) or b"")
        async with self._patience():
            await self._writer.drain()
        while not isinstance(event := await self._next_event(), h11.Response):
            pass
        return Head(event.status_code, joined(event.headers))

    async def body(self, head: Head, first: int | None = None) -> bytes:
        """The rest of the answer, inflated; with `first`, no more of it than so many bytes."""
        if first is None and int(head.headers.get("content-length", 0)) > self._budget.bytes_left:
            raise OutgoingFailed("The other server announces more than we read.")
        coding = coding_named(head.headers.get("content-encoding", ""), self._budget)
        body = bytearray()
        while isinstance(event := await self._next_event(), h11.Data):
            body += coding.decoded(bytes(event.data))
            if first is not None and len(body) >= first:
                return bytes(body[:first])
        coding.finish()
        return bytes(body)

    async def _next_event(self) -> Any:
        while (event := self._protocol.next_event()) is h11.NEED_DATA:
            async with self._patience():
                received = await self._reader.read(READ_SIZE)
            self._budget.spend_bytes(len(received))
            self._protocol.receive_data(received)
        self._budget.spend_bytes(EVENT_PRICE)
        return event

    def _patience(self) -> asyncio.Timeout:
        return asyncio.timeout(self._budget.seconds_for(self._read_seconds))


def joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """One value for each name; repeated ones are joined by a comma (RFC 9110, 5.3)."""
    values: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("ascii"), raw_value.decode("utf-8", "replace")
        values[name] = f"{values[name]}, {value}" if name in values else value
    return values

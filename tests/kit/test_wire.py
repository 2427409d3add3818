"""An answer written in one piece is the answer that plain ASGI messages make."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn

from mesange.kit.errors import MesangeError
from mesange.kit.web.app import App, Writer, write
from mesange.kit.web.heads import BoundedHeads
from mesange.kit.web.request import Receive, Request, Send
from mesange.kit.web.response import Response
from mesange.kit.web.router import Route, Router
from mesange.kit.web.wire import write_at_once

BIG = b"x" * 300_000


async def hello(server: Any, request: Request) -> Response:
    return Response(b'{"hello":1}', 200, headers=[(b"link", b'<a>; rel="next"'), (b"x-limit", b"3")])


async def big(server: Any, request: Request) -> Response:
    return Response(BIG, 206)


async def broken(server: Any, request: Request) -> Response:
    return Response(b"", 200, headers=[(b"location", b"/a\r\nset-cookie: stolen=1")])


async def errors(server: Any, request: Request, error: MesangeError) -> Response:
    return Response(error.public_text.encode(), error.http_status)


async def lifespan(receive: Receive, send: Send) -> None:
    while (await receive())["type"] != "lifespan.shutdown":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})


@asynccontextmanager
async def serving(writer: Writer) -> AsyncGenerator[int]:
    router = Router()
    for path, endpoint in (("/hello", hello), ("/big", big), ("/broken", broken)):
        router.add(Route("GET", path, endpoint, errors))
    app = App(
        None,
        router,
        kept=lambda server, scope: None,
        errors_for=lambda path: errors,
        options=lambda path: None,
        sockets={},
        lifespan=lifespan,
        writer=writer,
    )
    config = uvicorn.Config(app, port=0, http=BoundedHeads, log_config=None, server_header=False, date_header=False)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await running


async def answers(writer: Writer, requests: bytes) -> bytes:
    async with serving(writer) as port:
        reader, sender = await asyncio.open_connection("127.0.0.1", port)
        sender.write(requests)
        sender.write(b"GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = await asyncio.wait_for(reader.read(), 60)
        sender.close()
        return received


def sorted_heads(received: bytes) -> list[bytes]:
    """The order of headers carries no meaning; everything else must be equal."""
    return sorted(received.replace(b"\r\n\r\n", b"\r\n").split(b"\r\n"))


REQUESTS = {
    "one": b"GET /hello HTTP/1.1\r\nHost: x\r\n\r\n",
    "head only": b"HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n",
    "large": b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n",
    "pipelined": b"GET /hello HTTP/1.1\r\nHost: x\r\n\r\n" * 5,
    "missing": b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
    "with a body": b"POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
    "old": b"",
}


@pytest.mark.parametrize("requests", REQUESTS.values(), ids=REQUESTS.keys())
async def test_both_writers_answer_alike(requests: bytes) -> None:
    assert sorted_heads(await answers(write_at_once, requests)) == sorted_heads(await answers(write, requests))


async def test_head_and_body_leave_together_through_uvicorn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the short cut is never taken and nobody notices."""
    slow: list[bytes] = []

    async def noted(send: Send, response: Response, *, with_body: bool = True) -> None:
        slow.append(response.body)
        await write(send, response, with_body=with_body)

    monkeypatch.setattr("mesange.kit.web.wire.write", noted)
    await answers(write_at_once, REQUESTS["one"])
    assert slow == [b'{"hello":1}']  # only the last one, which closes the connection


async def test_a_header_never_becomes_two() -> None:
    received = await answers(write_at_once, b"GET /broken HTTP/1.1\r\nHost: x\r\n\r\n")
    assert b"stolen" not in received


async def test_a_head_that_is_too_long_is_refused_and_the_next_request_is_heard() -> None:
    async with serving(write_at_once) as port:
        for head, status in (
            (b"GET /hello HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 200_000 + b"\r\n\r\n", b"431"),
            (b"GET /hello?" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
            (b"GET /hello HTTP/1.1\r\nHost: x\r\nX-Endless: " + b"x" * 400_000, b"431"),
            (b"GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"200"),
        ):
            reader, sender = await asyncio.open_connection("127.0.0.1", port)
            sender.write(head)
            assert (await asyncio.wait_for(reader.read(12), 60))[-3:] == status
            sender.close()

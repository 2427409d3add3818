"""Servers on the loopback that answer as a test tells them to, byte by byte."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest

Behaviour = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
Serve = Callable[[Behaviour | bytes], Awaitable[int]]


@pytest.fixture
async def serve() -> AsyncGenerator[Serve]:
    """`await serve(behaviour)` starts a server and gives its port; bytes are sent as they are, then the line is cut."""
    servers: list[asyncio.Server] = []
    conversations: set[asyncio.Task[None]] = set()

    async def start(behaviour: Behaviour | bytes) -> int:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                request = await reader.readuntil(b"\r\n\r\n")
                if isinstance(behaviour, bytes):
                    writer.write(behaviour)
                    await writer.drain()
                else:
                    await behaviour(request, writer)
            except (OSError, asyncio.IncompleteReadError):
                pass  # the client has had enough, which is what many of these tests want
            finally:
                writer.close()

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            conversation = asyncio.create_task(talk(reader, writer))
            conversations.add(conversation)
            conversation.add_done_callback(conversations.discard)

        servers.append(await asyncio.start_server(accept, "127.0.0.1", 0))
        return int(servers[-1].sockets[0].getsockname()[1])

    yield start
    for server in servers:
        server.close()
    for conversation in conversations:
        conversation.cancel()

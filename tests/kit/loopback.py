"""A server on the loopback that answers as a test tells it to, byte by byte."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from ipaddress import ip_network

from mesange.kit.http import Network

Behaviour = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
LOOPBACK: frozenset[Network] = frozenset({ip_network("127.0.0.1/32")})


class Loopback:
    def __init__(self) -> None:
        self._servers: list[asyncio.Server] = []
        self._conversations: set[asyncio.Task[None]] = set()
        self.connections = 0

    async def serve(
        self, behaviour: Behaviour | bytes, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1", port: int = 0
    ) -> int:
        """Start a server and give its port. Bytes are sent as they are, then the line is cut."""

        async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                request = await read_request(reader)
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
            self.connections += 1
            conversation = asyncio.create_task(speak(reader, writer))
            self._conversations.add(conversation)
            conversation.add_done_callback(self._conversations.discard)

        self._servers.append(await asyncio.start_server(accept, host, port, ssl=tls))
        return int(self._servers[-1].sockets[0].getsockname()[1])

    def close(self) -> None:
        for server in self._servers:
            server.close()
        for conversation in self._conversations:
            conversation.cancel()


async def read_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    _, found, after = head.lower().partition(b"content-length: ")
    return head + await reader.readexactly(int(after.partition(b"\r\n")[0]) if found else 0)

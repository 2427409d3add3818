"""Opening a connection to an address that was checked: resolve once, check, connect to what was checked.

A connection serves one request and is then dropped, so that no later request can ride on an old check.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from ipaddress import ip_address

from mesange.kit.http.addresses import Address, Network, is_forbidden
from mesange.kit.http.errors import OutgoingRefused
from mesange.kit.http.urls import Target

Resolve = Callable[[str], Awaitable[list[str]]]
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
MOST_ADDRESSES_TRIED = 3


async def resolve(host: str) -> list[str]:
    """A and AAAA answers for this name, in the order of the system's preference."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class Connections:
    """Opens connections to allowed addresses only. `allowed` are the exceptions of development and tests."""

    def __init__(self, resolve: Resolve, allowed: frozenset[Network], tls: ssl.SSLContext | None) -> None:
        self._resolve = resolve
        self._allowed = allowed
        self._given_tls = tls

    @asynccontextmanager
    async def open(self, target: Target, seconds: float) -> AsyncGenerator[Streams]:
        """A connection, TLS included, within so many seconds; raises OSError or OutgoingRefused."""
        async with asyncio.timeout(seconds):
            addresses = await self._checked_addresses(target)
            reader, writer = await self._first_answering(addresses, target, seconds)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()

    async def _checked_addresses(self, target: Target) -> list[Address]:
        """The addresses of the host that may be visited.

        When a name has both good and forbidden addresses, the good ones are used: we connect to exactly these, so the
        others gain an attacker nothing, and honest hosts do publish an odd AAAA beside a good A.
        """
        found = [target.address] if target.address else await self._resolved(target.host)
        allowed = [address for address in found if not is_forbidden(address, self._allowed)]
        if not allowed:
            raise OutgoingRefused(f"{target.host} is not on the public network.")
        return allowed[:MOST_ADDRESSES_TRIED]

    async def _resolved(self, host: str) -> list[Address]:
        # "fe80::1%eth0": the zone is dropped, the address is what is checked and used.
        return [ip_address(text.partition("%")[0]) for text in await self._resolve(host)]

    async def _first_answering(self, addresses: list[Address], target: Target, seconds: float) -> Streams:
        *others, last = addresses
        for address in others:
            try:
                async with asyncio.timeout(seconds / len(addresses)):
                    return await self._connect(address, target)
            except OSError:
                continue
        return await self._connect(last, target)

    async def _connect(self, address: Address, target: Target) -> Streams:
        if target.scheme == "http":
            return await asyncio.open_connection(str(address), target.port)
        return await asyncio.open_connection(str(address), target.port, ssl=self._tls, server_hostname=target.host)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._given_tls or ssl.create_default_context()

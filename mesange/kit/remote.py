"""The one port to other servers: the activitypub edge implements it, core asks it, tests need no network."""

from typing import Protocol


class Remote(Protocol):
    async def find_account(self, address: str) -> int | None:
        """Our id of `name@host` or of an account's URL on another server."""
        ...

    async def find_status(self, url: str) -> int | None:
        """Our id of a status on another server."""
        ...


class NoRemote:
    """A server that does not federate knows nobody elsewhere."""

    async def find_account(self, address: str) -> int | None:
        return None

    async def find_status(self, url: str) -> int | None:
        return None

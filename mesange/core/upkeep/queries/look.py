"""The pictures of this place."""

from mesange.core.upkeep.memory import UpkeepMemory
from mesange.kit.server import Server


async def site_pictures(server: Server) -> dict[str, str]:
    """Files in the media store, by `banner` and `logo`; from memory, for every page of a visitor asks."""
    memory = server.of(UpkeepMemory)
    if memory.pictures is None:
        rows = await server.db.rows("SELECT name, file FROM site_pictures")
        memory.pictures = {name: file for name, file in rows}  # noqa: C416 - rows are tuples of any length
    return memory.pictures


async def banner_of(server: Server) -> str:
    """Where the banner is, the bird's own when there is none."""
    return _address(await site_pictures(server), "banner", "/static/header.png")


async def logo_of(server: Server) -> str:
    return _address(await site_pictures(server), "logo", "/static/avatar.png")


def _address(pictures: dict[str, str], name: str, otherwise: str) -> str:
    return f"/media/{pictures[name]}" if name in pictures else otherwise

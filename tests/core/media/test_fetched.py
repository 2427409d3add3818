"""What can be fetched again makes room when there is too much of it: what nobody looked at for longest first."""

from collections.abc import Awaitable, Callable

import msgspec

from mesange.core.media.actions.fetched import evict_fetched, forget_fetched, store_fetched, write_uses
from mesange.core.media.actions.files import delete_doomed
from mesange.core.media.memory import note_use
from mesange.kit.clock import MINUTE, FixedClock
from mesange.kit.server import Server


async def stored(server: Server) -> set[str]:
    await delete_doomed(server)
    return {path.name for path in (server.settings.data / "media").iterdir()}


async def test_what_was_looked_at_lately_stays(
    server: Server, clock: FixedClock, consume: Callable[[], Awaitable[None]]
) -> None:
    server.settings = msgspec.structs.replace(server.settings, media_bytes_fetched=350)
    names: list[str] = []
    for number in range(4):
        names.append(await store_fetched(server, b"x" * 100, "image/webp", f"https://example.org/{number}"))
        clock.move(MINUTE)
    note_use(server, names[0])
    await write_uses(server)
    await evict_fetched(server)
    assert await stored(server) == {names[0], names[3], names[2]}
    await evict_fetched(server)
    assert len(await stored(server)) == 3, "there is room now"
    await forget_fetched(server, names[0])
    assert await stored(server) == {names[3], names[2]}
    await consume()

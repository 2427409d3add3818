"""Figures of the server, cheap however long its history is."""

from mesange.core.statuses.queries import count_posts_between
from mesange.core.upkeep.memory import UpkeepMemory
from mesange.kit.clock import DAY, MINUTE
from mesange.kit.server import Server


async def posts_by_day(server: Server, days: int) -> list[tuple[int, int]]:
    """Posts written here on each of the last days (UTC), oldest first: (its beginning, how many).

    A day that is over is counted once; what is deleted later does not change it before the next start.
    """
    counted = server.of(UpkeepMemory).posts_of_days
    today = server.clock.now() // DAY * DAY
    found: list[tuple[int, int]] = []
    for day in range(today - (days - 1) * DAY, today + DAY, DAY):
        count = counted.get(day)
        if count is None:
            count = await count_posts_between(server.db, day, day + DAY)
            if day < today:
                counted[day] = count
        found.append((day, count))
    return found


async def media_bytes(server: Server) -> int:
    """Bytes of all files of people here; counted again after ten minutes, for that reads every row."""
    memory, now = server.of(UpkeepMemory), server.clock.now()
    counted_at, size = memory.media_bytes
    if not counted_at or now - counted_at > 10 * MINUTE:
        size = int(await server.db.value("SELECT coalesce(sum(size), 0) FROM media_attachments") or 0)
        memory.media_bytes = now, size
    return size

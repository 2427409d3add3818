"""The event log: facts appended in the commit that made them true, read in one order by everyone."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from itertools import takewhile
from typing import Any, TypeAlias

import msgspec

from mesange.kit.db import Database, Emitted, Position
from mesange.kit.event import Event
from mesange.kit.logging import log

TAIL = 4_000
BATCH = 500


Logged: TypeAlias = tuple[Position, Event]
Listener: TypeAlias = Callable[[Any, Any], Awaitable[None]]
"""`async def on_status_published(server, event)`: changes memory or pushes; writes belong to consumers."""


class EventLog:
    """Appends, tells the listeners of this process after each commit, and serves readers after a cursor.

    Listeners (home fan-out, streaming, byte caches) hear each event once, in order, before the writer is answered.
    """

    def __init__(self, database: Database, kinds: Sequence[type[Event]]) -> None:
        self._database = database
        self._decoder: msgspec.msgpack.Decoder[Event] = msgspec.msgpack.Decoder(_union(kinds))
        self._listeners: dict[type[Event], list[Callable[[Event], Awaitable[None]]]] = {}
        self._tail: deque[Logged] = deque(maxlen=TAIL)
        self._told: Position = (0, 0)
        self._telling = asyncio.Lock()
        self._woken: set[asyncio.Event] = set()
        database.encode_event = msgspec.msgpack.Encoder().encode
        database.after_commit = self._after_commit

    @property
    def head(self) -> Position:
        """Newest position told to the listeners; what was made from the database is current while it stays."""
        return self._told

    def listen(self, server: Any, handlers: Mapping[Any, Sequence[Listener]]) -> None:
        for kind, listeners in handlers.items():
            self._listeners.setdefault(kind, []).extend(partial(listener, server) for listener in listeners)

    def wake_up_call(self) -> asyncio.Event:
        """An event that is set after each commit, for a consumer that waits."""
        call = asyncio.Event()
        self._woken.add(call)
        return call

    async def start(self) -> None:
        self._told = await self._database.newest_position()

    async def after(self, position: Position, limit: int = BATCH) -> list[Logged]:
        """The next events after `position`: from memory when they are recent, else from the table."""
        if self._tail and self._tail[0][0] <= position:
            newer = list(takewhile(lambda logged: logged[0] > position, reversed(self._tail)))
            return newer[::-1][:limit]
        return [self._decoded(emitted) for emitted in await self._database.events_after(position, limit)]

    async def catch_up(self) -> None:
        """Tell what other processes committed (administration commands, other servers)."""
        async with self._telling:
            while emitted := await self._database.events_after(self._told, BATCH):
                await self._tell(emitted)

    async def _after_commit(self, emitted: list[Emitted]) -> None:
        if self._follows(emitted):
            async with self._telling:
                if self._follows(emitted):
                    await self._tell(emitted)
                    return
        await self.catch_up()

    def _follows(self, emitted: list[Emitted]) -> bool:
        """Without the events at hand, or with a gap before them, the table must be read."""
        return bool(emitted) and emitted[0][0] == (0, self._told[1] + 1)

    async def _tell(self, emitted: list[Emitted]) -> None:
        for logged in map(self._decoded, emitted):
            position, event = logged
            for listener in self._listeners.get(type(event), ()):
                try:
                    await listener(event)
                except Exception:  # A listener's fault must not undo what is already durable.
                    log.exception("listener failed", event=type(event).__name__, position=position)
            self._tail.append(logged)
            self._told = position
        for call in self._woken:
            call.set()

    def _decoded(self, emitted: Emitted) -> Logged:
        position, data = emitted
        return position, self._decoder.decode(data)


def _union(kinds: Sequence[type[Event]]) -> Any:
    union: Any = kinds[0]
    for kind in kinds[1:]:
        union = union | kind
    return union

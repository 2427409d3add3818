"""The event log: facts appended in the commit that made them true, read in one order by everyone."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from itertools import takewhile
from typing import Any, TypeAlias

import msgspec

from mesange.kit.db import Database, Emitted, Position
from mesange.kit.errors import Unavailable
from mesange.kit.event import Event
from mesange.kit.logging import log

TAIL = 4_000
BATCH = 500
HEARING_SECONDS = 2.0
LONGEST_PAUSE = 0.05
HIGHEST: Position = (1 << 63, 1 << 63)

Logged: TypeAlias = tuple[Position, Event]
Listener: TypeAlias = Callable[[Any, Any], Awaitable[None]]
"""`async def on_status_published(server, event)`: changes memory or pushes; writes belong to consumers."""


class Unreadable(Event, frozen=True):
    """Stands for an event that this version of the program does not know; everyone passes it by."""


class EventLog:
    """Appends, tells the listeners of this process after each commit, and serves readers after a cursor.

    Listeners (home fan-out, streaming, byte caches) hear each event once, in order, before the writer is answered.
    """

    def __init__(self, database: Database, kinds: Sequence[type[Event]]) -> None:
        self._database = database
        self._decoder: msgspec.msgpack.Decoder[Event] = msgspec.msgpack.Decoder(_union(kinds))
        self._listeners: dict[type[Event], list[Callable[[Event], Awaitable[None]]]] = {}
        self._tail: deque[Logged] = deque(maxlen=TAIL)
        self._head: Position = (0, 0)
        self._told: Position = (0, 0)
        self._telling = asyncio.Lock()
        self._catching_up: set[asyncio.Future[None]] = set()
        self._woken: list[tuple[asyncio.Event, Callable[[Any], bool]]] = []
        database.encode_event = msgspec.msgpack.Encoder().encode
        database.after_commit = self._after_commit

    @property
    def head(self) -> Position:
        """Newest position that listeners began to hear; what was read from the database is current while it stays."""
        return self._head

    @property
    def is_settled(self) -> bool:
        """Every listener has heard all that began to be told."""
        return self._head == self._told

    def listen(self, server: Any, handlers: Mapping[Any, Sequence[Listener]]) -> None:
        for kind, listeners in handlers.items():
            self._listeners.setdefault(kind, []).extend(partial(listener, server) for listener in listeners)

    def wake_up_call(self, concerns: Callable[[Any], bool]) -> asyncio.Event:
        """For a consumer that waits: set when something is told that is of its concern."""
        call = asyncio.Event()
        self._woken.append((call, concerns))
        return call

    async def start(self) -> None:
        self._head = self._told = await self._database.newest_position()

    async def after(self, position: Position, limit: int = BATCH) -> list[Logged]:
        """The next events after `position`: from memory when they are recent, else from the table."""
        if self._tail and self._tail[0][0] <= position:
            newer = list(takewhile(lambda logged: logged[0] > position, reversed(self._tail)))
            return newer[::-1][:limit]
        return [self._decoded(emitted) for emitted in await self._database.events_after(position, limit)]

    async def catch_up(self) -> None:
        """Tell what other processes committed (administration commands, other servers)."""
        await self._hear(HIGHEST)

    async def _hear(self, position: Position) -> None:
        """Nobody's leaving may cut the telling short: an event half told would be told again."""
        telling = asyncio.ensure_future(self._tell_up_to(position))
        self._catching_up.add(telling)
        telling.add_done_callback(self._catching_up.discard)
        await asyncio.shield(telling)

    async def _tell_up_to(self, position: Position) -> None:
        async with self._telling:
            while self._told < position and (emitted := await self._database.events_after(self._told, BATCH)):
                await self._tell(emitted)

    async def _after_commit(self, emitted: list[Emitted]) -> None:
        if self._follows(emitted):
            async with self._telling:
                if self._follows(emitted):
                    await self._tell(emitted)
                    return
        try:
            await self._until_told(emitted[-1][0])
        except Unavailable:  # They are durable all the same; the next catching up tells them.
            log.warning("events will be heard later", position=emitted[-1][0])

    async def _until_told(self, position: Position) -> None:
        """Where several write at once, events are heard when the older transactions have ended: soon."""
        loop = asyncio.get_running_loop()
        late, pause = loop.time() + HEARING_SECONDS, 0.001
        await self._hear(position)
        while self._told < position:
            if loop.time() > late:
                raise Unavailable
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            await self._hear(position)

    def _follows(self, emitted: list[Emitted]) -> bool:
        """Without the events at hand, or with a gap before them, the table must be read."""
        return bool(emitted) and emitted[0][0] == (0, self._told[1] + 1)

    async def _tell(self, emitted: list[Emitted]) -> None:
        told = list(map(self._decoded, emitted))
        for logged in told:
            position, event = logged
            self._head = position
            for listener in self._listeners.get(type(event), ()):
                try:
                    await listener(event)
                except Exception:  # A listener's fault must not undo what is already durable.
                    log.exception("listener failed", event=type(event).__name__, position=position)
            self._tail.append(logged)
            self._told = position
        for call, concerns in self._woken:
            if not call.is_set() and any(concerns(event) for _, event in told):
                call.set()

    def _decoded(self, emitted: Emitted) -> Logged:
        position, data = emitted
        try:
            return position, self._decoder.decode(data)
        except (msgspec.DecodeError, msgspec.ValidationError):
            log.exception("event cannot be read", position=position)
            return position, Unreadable()


def _union(kinds: Sequence[type[Event]]) -> Any:
    union: Any = kinds[0]
    for kind in kinds[1:]:
        union = union | kind
    return union

"""The live hub: `push(channel, message)` reaches every listener of the channel in this process at once.

A message is encoded once and the same bytes go to all. A listener that does not keep up is closed; it comes back and
catches up by its last id.
"""

from collections.abc import Iterable
from typing import Protocol


class Message:
    """Something that happened, as an event name and its payload; each wire form is made once, for all listeners."""

    __slots__ = ("_sse", "event", "payload")

    def __init__(self, event: str, payload: bytes) -> None:
        self.event = event
        self.payload = payload
        self._sse: bytes | None = None

    @property
    def sse(self) -> bytes:
        """As a server-sent event. The payload holds no line break: JSON has none, fragments escape theirs."""
        if self._sse is None:
            self._sse = b"event: %s\ndata: %s\n\n" % (self.event.encode(), self.payload)
        return self._sse


class Listener(Protocol):
    def push(self, channel: str, message: Message) -> None:
        """Take a message without waiting."""
        ...

    def close(self) -> None:
        """End the stream: access was withdrawn or the server stops."""
        ...


class Live:
    def __init__(self) -> None:
        self._channels: dict[str, set[Listener]] = {}

    def join(self, channel: str, listener: Listener) -> None:
        self._channels.setdefault(channel, set()).add(listener)

    def leave(self, channel: str, listener: Listener) -> None:
        listeners = self._channels.get(channel)
        if listeners:
            listeners.discard(listener)
            if not listeners:
                del self._channels[channel]

    @property
    def is_idle(self) -> bool:
        """Nobody listens to anything."""
        return not self._channels

    @property
    def listening(self) -> int:
        """How many listeners follow how many channels, together."""
        return sum(map(len, self._channels.values()))

    def has_listeners(self, channel: str) -> bool:
        return channel in self._channels

    def push(self, channel: str, message: Message) -> None:
        for listener in tuple(self._channels.get(channel, ())):
            listener.push(channel, message)

    def close(self, channel: str) -> None:
        """End every stream that follows `channel`."""
        for listener in tuple(self._channels.get(channel, ())):
            listener.close()

    def close_all(self) -> None:
        for listener in set(_flat(self._channels.values())):
            listener.close()


def _flat(groups: Iterable[set[Listener]]) -> Iterable[Listener]:
    for group in groups:
        yield from group

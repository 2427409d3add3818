"""The live hub: who listens hears, in order, the same bytes."""

from mesange.kit.live import Live, Message


class Ear:
    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.closed = 0

    def push(self, channel: str, message: Message) -> None:
        self.heard.append((channel, message.event))

    def close(self) -> None:
        self.closed += 1


class LeavingEar(Ear):
    """Leaves the hub when it hears something."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self._live = live

    def push(self, channel: str, message: Message) -> None:
        super().push(channel, message)
        self._live.leave(channel, self)


def test_a_message_reaches_every_listener_of_its_channel() -> None:
    live, one, two, other = Live(), Ear(), Ear(), Ear()
    live.join("public", one)
    live.join("public", two)
    live.join("user:1", other)
    for event in ("update", "delete"):
        live.push("public", Message(event, b"{}"))
    live.push("nobody", Message("update", b"{}"))
    assert one.heard == two.heard == [("public", "update"), ("public", "delete")]
    assert other.heard == []


def test_a_channel_without_listeners_is_forgotten() -> None:
    live, ear = Live(), Ear()
    live.join("public", ear)
    assert live.has_listeners("public") and not live.is_idle
    live.leave("public", ear)
    live.leave("public", ear)
    live.leave("never", ear)
    assert not live.has_listeners("public") and live.is_idle


def test_a_listener_may_leave_while_it_hears() -> None:
    live = Live()
    leaving, staying = LeavingEar(live), Ear()
    for ear in (leaving, staying):
        live.join("public", ear)
    for _ in range(2):
        live.push("public", Message("update", b"{}"))
    assert (len(leaving.heard), len(staying.heard)) == (1, 2)


def test_streams_end_by_channel_or_all_together() -> None:
    live, one, two = Live(), Ear(), Ear()
    live.join("token:1", one)
    live.join("public", one)
    live.join("public", two)
    live.close("token:1")
    live.close("token:2")
    assert (one.closed, two.closed) == (1, 0)
    live.close_all()
    assert (one.closed, two.closed) == (2, 1), "each once"


def test_the_same_bytes_go_to_all() -> None:
    message = Message("update", b'{"id":"1"}')
    assert message.sse == b'event: update\ndata: {"id":"1"}\n\n'
    assert message.sse is message.sse

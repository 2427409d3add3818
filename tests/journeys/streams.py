"""Open streams: a thread reads what the server sends, a journey waits for what it expects."""

import json
import queue
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.journeys.people import Json
from tests.server import PATIENCE, RunningServer

Event = tuple[str, Any]


class Listener:
    """Events in the order they came; `closed` is set when the server ends the stream."""

    def __init__(self) -> None:
        self.events: queue.Queue[Event] = queue.Queue()
        self.closed = threading.Event()

    def expect(self, name: str) -> Any:
        """The payload of the next event of this name; others before it are skipped."""
        deadline = time.monotonic() + PATIENCE
        while (left := deadline - time.monotonic()) > 0:
            try:
                event, payload = self.events.get(timeout=left)
            except queue.Empty:
                break
            if event == name:
                return payload
        raise AssertionError(f"no {name!r} came in {PATIENCE} s")

    def before(self, status: Json) -> list[Event]:
        """All events that come before this post: what somebody says last tells that nothing else is on its way."""
        seen: list[Event] = []
        while not seen or not _is_update_of(status, seen[-1]):
            seen.append(self.events.get(timeout=PATIENCE))
        return seen[:-1]

    def read_sse(self, lines: Iterable[str]) -> None:
        name = ""
        try:
            for line in lines:
                if line.startswith("event:"):
                    name = line.removeprefix("event:").strip()
                elif line.startswith("data:"):
                    self.events.put((name, _payload(line.removeprefix("data:").strip())))
        except httpx.HTTPError:
            pass
        finally:
            self.closed.set()

    def read_socket(self, socket: ClientConnection) -> None:
        try:
            for frame in socket:
                message = json.loads(frame)
                event = message.get("event", "error")
                self.events.put((event, _payload(message.get("payload", message))))
        except ConnectionClosed:
            pass
        finally:
            self.closed.set()


@contextmanager
def listening(server: RunningServer, path: str, token: str = "") -> Iterator[Listener]:
    """Server-sent events of /api/v1/streaming/<path>."""
    url = f"{server.origin}/api/v1/streaming/{path}"
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    endless = httpx.Timeout(PATIENCE, read=None)
    listener = Listener()
    with httpx.stream("GET", url, headers=headers, timeout=endless) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        threading.Thread(target=listener.read_sse, args=(answer.iter_lines(),), daemon=True).start()
        yield listener


@contextmanager
def socket_listening(
    server: RunningServer, query: str = "", **options: Any
) -> Iterator[tuple[ClientConnection, Listener]]:
    """The WebSocket of /api/v1/streaming and what arrives on it."""
    url = f"ws://127.0.0.1:{server.port}/api/v1/streaming{query}"
    listener = Listener()
    with connect(url, **options) as socket:
        threading.Thread(target=listener.read_socket, args=(socket,), daemon=True).start()
        yield socket, listener


def _is_update_of(status: Json, event: Event) -> bool:
    name, payload = event
    return name == "update" and payload["id"] == status["id"]


def _payload(text: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return text

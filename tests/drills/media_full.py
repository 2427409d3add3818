"""No room for files: they are refused, or wait until there is room; what carries none is posted, and nothing is lost.

Part of `python -m tests.drills.disk_full`; the folders of media and of what comes in are small disks of their own.
"""

import io
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from tests.drills.load import prepare_load
from tests.drills.small_disks import little_space_left, small_disk
from tests.journeys.people import Person, eventually
from tests.journeys.visitor import Visitor
from tests.kit.recordings import recording
from tests.server import PATIENCE, RunningServer

KEPT_FREE = 300_000
NO_ROOM = "There is no room for files here at the moment."
TRIES = 125
"""Looks at a file that waits, a fifth of a second apart, after which there was time enough."""


@dataclass
class Sender:
    """Sends files and posts, and remembers what was acknowledged: addresses of files with what they held."""

    http: httpx.Client
    server: RunningServer
    owner: Visitor
    served: dict[str, bytes] = field(default_factory=dict[str, bytes])
    slowest: float = 0.0

    def send(self, content: bytes) -> httpx.Response:
        return self.http.post("/api/v2/media", files={"file": ("given", content)})

    def state(self, id: str) -> httpx.Response:
        return self.http.get(f"/api/v1/media/{id}")

    def post(self, *media_ids: str) -> dict[str, Any]:
        answer = self.http.post("/api/v1/statuses", json={"status": "words", "media_ids": media_ids})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def publish(self, sent: httpx.Response) -> bytes:
        """Post the file once it is ready; what it holds."""
        assert sent.status_code in (200, 202), sent.text
        (shown,) = self.post(self.ready(sent.json()["id"]))["media_attachments"]
        content = self.served[shown["url"]] = httpx.get(shown["url"]).content
        return content

    def ready(self, id: str) -> str:
        began = time.monotonic()
        for _ in range(TRIES):
            if (answer := self.state(id)).status_code != 206:
                break
            time.sleep(0.2)
        else:
            raise AssertionError("still waiting although there is room")
        assert answer.status_code == 200, answer.text
        self.slowest = max(self.slowest, time.monotonic() - began)
        return id

    def was_tried(self, id: str) -> None:
        """The server says so by itself."""
        assert eventually(lambda: re.search(rf"cannot be made ready .*media={id}\b", self.server.log), bool)

    def begin_again(self) -> None:
        """As an owner does who has made room. By itself the server tries again every ten seconds."""
        self.owner.open("/admin/jobs")
        self.owner.submit(self.owner.form("run"), run="resume processing media")

    def is_refused(self, content: bytes) -> None:
        answer = self.send(content)
        assert answer.status_code == 503, f"{answer.status_code} {answer.text}"
        assert NO_ROOM in answer.json()["error"]
        assert int(answer.headers["retry-after"]) > 0

    def goes_on(self) -> None:
        """What carries no file is posted, and everything is read."""
        self.post()
        assert self.http.get("/api/v1/timelines/home").status_code == 200
        for url, content in self.served.items():
            assert httpx.get(url).content == content


def noise(width: int, height: int) -> bytes:
    """A picture that nothing makes smaller."""
    file = io.BytesIO()
    Image.frombytes("RGB", (width, height), os.urandom(width * height * 3)).save(file, "JPEG", quality=90)
    return file.getvalue()


def cycle(sender: Sender, media: Path, incoming: Path) -> None:
    with little_space_left(media, kilobytes=200):
        sender.is_refused(noise(300, 200))
        sender.goes_on()
    waits(sender, noise(1200, 800), media, kilobytes=400)
    with little_space_left(incoming, kilobytes=40):
        sender.is_refused(noise(600, 400))
        sender.goes_on()
    for kind in ("mp4", "wav"):
        film = recording(kind, frames=200)
        copied = sender.publish(sender.send(film))
        served = waits(sender, film, incoming, kilobytes=len(film) // 1024 + 12, then=sender.begin_again)
        assert served == copied, "half a copy was kept"


def waits(sender: Sender, content: bytes, disk: Path, kilobytes: int, then: Callable[[], None] | None = None) -> bytes:
    """The file is taken, finds no room on its way, and is ready once there is some; what is then served."""
    with little_space_left(disk, kilobytes):
        answer = sender.send(content)
        sender.was_tried(answer.json()["id"])
        assert sender.state(answer.json()["id"]).status_code == 206
        sender.goes_on()
    if then:
        then()
    return sender.publish(answer)


@contextmanager
def sender_on(server: RunningServer) -> Iterator[Sender]:
    (client,) = prepare_load(server, 1).clients
    owner = Visitor(server.origin)
    owner.sign_in(Person("keeper", server.create_account("keeper", "--role", "owner"), "", server))
    bearer = {"Authorization": f"Bearer {client.token}"}
    with httpx.Client(base_url=server.origin, headers=bearer, timeout=PATIENCE) as http:
        yield Sender(http, server, owner)


def drill(server: RunningServer, cycles: int) -> str:
    """Of a server that is not started yet."""
    server.settings["MESANGE_MEDIA_FREE_SPACE"] = str(KEPT_FREE)
    media, incoming = server.folder / "media", server.folder / "incoming"
    with small_disk(16, at=media), small_disk(4, at=incoming), server, sender_on(server) as sender:
        for _ in range(cycles):
            cycle(sender, media, incoming)
        sender.goes_on()
        left = [path.name for path in (*media.glob("*.part"), *incoming.iterdir())]
        assert left == [], "something half written stays behind"
        assert server.faults() == []
    files, seconds = len(sender.served), sender.slowest
    return f"{cycles} cycles without room for files: {files} files, 0 lost, ready {seconds:.1f} s after at most"

"""Clients that post under load and write down, outside the server, what was acknowledged."""

import http.client
import json
import threading
import time
import uuid
from dataclasses import dataclass, field

from tests.server import PATIENCE, RunningServer


@dataclass
class PostingClient:
    """Posts one text after the other; after a crash it sends the unanswered one again, same key."""

    port: int
    token: str
    acknowledged: dict[str, str] = field(default_factory=dict[str, str])
    refused: list[str] = field(default_factory=list[str])
    unanswered: str | None = None

    def run(self, stopping: threading.Event) -> None:
        """Until told to stop, or until the server is gone."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            while not stopping.is_set():
                self._post(line)
        except (OSError, http.client.HTTPException):
            return
        finally:
            line.close()

    def _post(self, line: http.client.HTTPConnection) -> None:
        key = self.unanswered = self.unanswered or uuid.uuid4().hex
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        headers["Content-Type"] = "application/json"
        line.request("POST", "/api/v1/statuses", json.dumps({"status": key}), headers)
        answer = line.getresponse()
        body = answer.read()
        if answer.status == 200:
            self.acknowledged[key] = json.loads(body)["id"]
            self.unanswered = None
        elif answer.status < 500:
            self.refused.append(f"{answer.status} {body[:200]!r}")
            self.unanswered = None


@dataclass
class Load:
    """Several clients at once."""

    server: RunningServer
    clients: list[PostingClient]
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list[threading.Thread])

    @property
    def acknowledged(self) -> int:
        return sum(len(client.acknowledged) for client in self.clients)

    def start(self) -> None:
        self.stopping.clear()
        self.threads = [threading.Thread(target=client.run, args=(self.stopping,)) for client in self.clients]
        for thread in self.threads:
            thread.start()

    def wait_for(self, least: int) -> None:
        """Until so many posts were acknowledged, or nobody posts any more."""
        while self.acknowledged < least and any(thread.is_alive() for thread in self.threads):
            time.sleep(0.01)

    def finish(self) -> None:
        """Wait until every client has stopped or noticed that the server is gone."""
        self.stopping.set()
        for thread in self.threads:
            thread.join()


def prepare_load(server: RunningServer, clients: int) -> Load:
    """Accounts and tokens of a running server, one per client."""
    names = [f"poster_{number}" for number in range(clients)]
    for name in names:
        server.create_account(name)
    tokens = [server.create_token(name) for name in names]
    return Load(server, [PostingClient(server.port, token) for token in tokens])

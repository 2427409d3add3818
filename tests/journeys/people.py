"""The people of a journey: each has an account, a password and a token."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any, TypeVar

import httpx

from tests.server import PATIENCE, RunningServer

Looked = TypeVar("Looked")
Json = dict[str, Any]
_numbers = count(1)


@dataclass
class Person:
    """Somebody with a client of their own; `get` and the like must succeed, `http` may fail."""

    name: str
    password: str
    token: str
    server: RunningServer
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        bearer = {"Authorization": f"Bearer {self.token}"}
        self.http = httpx.Client(base_url=self.server.origin, headers=bearer, timeout=PATIENCE)

    @property
    def email(self) -> str:
        return f"{self.name}@example.com"

    @cached_property
    def id(self) -> str:
        return str(self.get("/api/v1/accounts/verify_credentials")["id"])

    def get(self, path: str, **parameters: Any) -> Any:
        return _success(self.http.get(path, params=parameters or None))

    def do(self, path: str, **fields: Any) -> Any:
        """POST the fields as JSON; the answer's JSON."""
        return _success(self.http.post(path, json=fields))

    def post(self, text: str, **fields: Any) -> Json:
        """Publish a status."""
        return self.do("/api/v1/statuses", status=text, **fields)

    def follow(self, other: "Person") -> Json:
        return self.do(f"/api/v1/accounts/{other.id}/follow")

    def notified(self, least: int = 1, **only: Any) -> list[Json]:
        """Notifications, newest first, once there are so many: they come a moment after what they tell."""
        return eventually(
            lambda: self.get("/api/v1/notifications", limit=80, **only), lambda found: len(found) >= least
        )

    def home(self) -> list[str]:
        """The ids at the top of the home timeline."""
        return [status["id"] for status in self.get("/api/v1/timelines/home", limit=40)]


def welcome(server: RunningServer, name: str) -> Person:
    """A new person of this server; a number makes the name new in every journey."""
    unique = f"{name}_{next(_numbers)}"
    password = server.create_account(unique)
    return Person(unique, password, server.create_token(unique), server)


def eventually(look: Callable[[], Looked], is_there: Callable[[Looked], object]) -> Looked:
    """Look again and again until it is there; what was seen last, there or not."""
    deadline = time.monotonic() + PATIENCE
    while not is_there(seen := look()) and time.monotonic() < deadline:
        time.sleep(0.03)
    return seen


Welcome = Callable[[str], Person]


def _success(answer: httpx.Response) -> Any:
    request = f"{answer.request.method} {answer.request.url}"
    assert answer.is_success, f"{request}: {answer.status_code} {answer.text[:600]}"
    return answer.json()

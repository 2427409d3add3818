"""Bodies that are cut, huge, deep or in the wrong encoding: a clear refusal, nothing written."""

import json
from collections.abc import Iterator

import httpx
import pytest

from tests.journeys.people import Person
from tests.journeys.raw_socket import request_bytes, send_raw
from tests.server import RunningServer

KINDS = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
STATUSES = "/api/v1/statuses"
DEEP = 10_000


@pytest.fixture(autouse=True)
def _nothing_is_written(alice: Person, server: RunningServer) -> Iterator[None]:
    def seen() -> list[str]:
        return [status["id"] for status in alice.get(f"/api/v1/accounts/{alice.id}/statuses")]

    before, logged = seen(), len(server.log)
    yield
    assert seen() == before
    assert server.faults(logged) == []
    assert alice.get("/api/v1/accounts/verify_credentials")["statuses_count"] == len(before)


PART = b'--x\r\nContent-Disposition: form-data; name="status"\r\n\r\n'
BROKEN: dict[str, tuple[str, bytes]] = {
    "empty": ("application/json", b""),
    "cut json": ("application/json", b'{"status": "abc'),
    "half a sign": ("application/json", b'{"status": "caf\xc3'),
    "two documents": ("application/json", b'{"status": "a"}{"status": "b"}'),
    "a text": ("application/json", b'"status"'),
    "a number": ("application/json", b"1"),
    "null": ("application/json", b"null"),
    "a list": ("application/json", b'[{"status": "a"}]'),
    "not a number": ("application/json", b'{"status": "a", "sensitive": NaN}'),
    "latin-1": ("application/json; charset=latin-1", '{"status": "é"}'.encode("latin-1")),
    "utf-16": ("application/json", '{"status": "é"}'.encode("utf-16")),
    "invalid utf-8": ("application/json", b'{"status": "\xff\xfe"}'),
    "lone surrogate": ("application/json", b'{"status": "\\ud800"}'),
    "status is a list": ("application/json", b'{"status": ["a", {"b": 1}]}'),
    "status is a document": ("application/json", b'{"status": {"a": "b"}}'),
    "deep list": ("application/json", b'{"status": ' + b"[" * DEEP + b"]" * DEEP + b"}"),
    "deep document": ("application/json", b'{"a":' * DEEP + b"1" + b"}" * DEEP),
    "deep and open": ("application/json", b"[" * DEEP),
    "deep brackets": ("application/x-www-form-urlencoded", b"status" + b"[a]" * DEEP + b"=1"),
    "invalid form": ("application/x-www-form-urlencoded", b"status=%ff%fe"),
    "latin-1 form": ("application/x-www-form-urlencoded", "status=é".encode("latin-1")),
    "many fields": ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(100_000))),
    "no boundary": ("multipart/form-data", b"--x\r\n\r\nabc\r\n--x--"),
    "cut multipart": ("multipart/form-data; boundary=x", PART + b"ab"),
    "kind is nonsense": ("///;;=", b'{"status": "a"}'),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_body_is_refused(alice: Person, name: str) -> None:
    kind, body = BROKEN[name]
    answer = alice.http.post(STATUSES, content=body, headers={"Content-Type": kind})
    assert answer.status_code in (400, 413, 415, 422), (answer.status_code, answer.text[:300])
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["error"]


@pytest.mark.parametrize("path", [STATUSES, "/api/v1/apps", "/oauth/token", "/sign-in"])
@pytest.mark.parametrize("kind", KINDS)
def test_fifty_megabytes_are_too_large(server: RunningServer, alice: Person, path: str, kind: str) -> None:
    size = 50_000_000
    body = b'{"status": "' + b"x" * size
    answer = send_raw(server, request_bytes(path, alice.token, body, kind=kind))
    assert answer == b"" or b" 413 " in answer.split(b"\r\n")[0], answer[:200]
    assert server.is_healthy()


def test_large_body_without_a_length_is_stopped(alice: Person) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(800):
            yield b"x" * 65_536

    try:
        answer = alice.http.post(STATUSES, content=endless(), headers={"Content-Type": "application/json"})
    except httpx.TransportError:
        return
    assert answer.status_code == 413


def test_body_shorter_than_it_says(server: RunningServer, alice: Person) -> None:
    body = json.dumps({"status": "never complete"}).encode()
    answer = send_raw(server, request_bytes(STATUSES, alice.token, body, length=len(body) + 100))
    assert answer == b"" or answer.split(b" ")[1] in (b"400", b"408"), answer[:200]


@pytest.mark.parametrize(
    "request_line",
    [b"POST /api/v1/statuses HTTP/9.9", b"\x00\x01\x02", b"GET"],
    ids=["version", "bytes", "half"],
)  # fmt: skip
def test_what_is_not_http_is_refused(server: RunningServer, request_line: bytes) -> None:
    answer = send_raw(server, request_line + b"\r\nHost: here\r\n\r\n")
    assert answer == b"" or answer.split(b" ")[1].startswith(b"4"), answer[:200]
    assert server.is_healthy()


@pytest.mark.parametrize("text", ["\u0000", "before\u0000after"])
@pytest.mark.parametrize("path", ["/api/v1/apps", "/oauth/token", "/api/v1/markers"])
def test_nul_is_refused_or_dropped(alice: Person, path: str, text: str) -> None:
    fields = {"client_name": text, "redirect_uris": f"app:/{text}", "code": text, "home[last_read_id]": text}
    answer = alice.http.post(path, json=fields)
    assert answer.status_code in (200, 400, 401, 422), answer.text
    assert answer.json() is not None

"""Ids that are not numbers, unknown cursors, limits, verbs and paths: the right refusal, as JSON."""

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from tests.journeys.people import Person
from tests.server import RunningServer

NOT_IDS = [
    "abc", "-1", "0", "1.5", "1e5", "9" * 19, "9" * 20, "9" * 400, "0x10", "NaN", "%00", "%20", "%2e%2e",
    "1%3Bdrop", quote("١٢٣"), quote("𝟏"), quote("🦜"), "1%00", "+1", "1_000", "null", "true", "%FF",
]  # fmt: skip
TAILS = ("context", "history", "source", "favourited_by", "reblogged_by")
ACTS = ("favourite", "unfavourite", "reblog", "unreblog", "bookmark", "pin", "mute")
PLACES = [
    ("GET", "statuses/{}"), ("PUT", "statuses/{}"), ("DELETE", "statuses/{}"),
    *(("GET", f"statuses/{{}}/{tail}") for tail in TAILS),
    *(("POST", f"statuses/{{}}/{act}") for act in ACTS),
    ("GET", "accounts/{}"), ("GET", "accounts/{}/statuses"), ("GET", "accounts/{}/followers"),
    *(("POST", f"accounts/{{}}/{act}") for act in ("follow", "unfollow", "block", "mute")),
    ("POST", "follow_requests/{}/authorize"), ("GET", "notifications/{}"),
]  # fmt: skip
LISTS = """
    timelines/home timelines/public timelines/tag/x accounts/{id}/statuses accounts/{id}/followers notifications
    favourites bookmarks mutes blocks"""
UNKNOWN_PATHS = """
    /api/ /api/v1 /api/v1/ /api/v9/instance /api/v1/statuses/1/dance /api/v1//statuses /oauth/nothing"""
UNKNOWN_PAGES = """
    /@nobody_here /@nobody_here/1 /@x/abc /nothing /confirm/wrong /reset/wrong /owner/wrong /%00 /%FF /@%00"""


@pytest.fixture(autouse=True)
def _server_stays_healthy(server: RunningServer) -> Iterator[None]:
    logged = len(server.log)
    yield
    assert server.is_healthy()
    assert server.faults(logged) == []


def assert_json_refusal(answer: httpx.Response, *statuses: int) -> None:
    assert answer.status_code in statuses, (str(answer.request.url), answer.status_code, answer.text[:300])
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["error"]


@pytest.mark.parametrize(("verb", "place"), PLACES, ids=[" ".join(one) for one in PLACES])
def test_what_is_not_an_id_is_not_found(alice: Person, verb: str, place: str) -> None:
    for one in NOT_IDS:
        body = {"status": "x"} if verb == "PUT" else None
        answer = alice.http.request(verb, "/api/v1/" + place.format(one), json=body)
        assert_json_refusal(answer, 400, 404)


@pytest.mark.parametrize("cursor", ["max_id", "since_id", "min_id"])
@pytest.mark.parametrize("path", LISTS.split())
def test_unknown_cursors(alice: Person, path: str, cursor: str) -> None:
    for value in ("1", "0", "-5", "abc", "9" * 19, "9" * 30, "", "1.5", "\u0000", "٣"):
        answer = alice.http.get(f"/api/v1/{path.format(id=alice.id)}", params={cursor: value})
        assert answer.status_code in (200, 400, 422), (path, cursor, value, answer.text[:300])
        assert isinstance(answer.json(), list) or answer.json()["error"]


@pytest.mark.parametrize("limit", ["-1", "0", "abc", "1.5", "", "99999999999999999999999", "1e9", "NaN"])
@pytest.mark.parametrize("path", ["timelines/home", "timelines/public", "notifications", "blocks"])
def test_strange_limits(alice: Person, path: str, limit: str) -> None:
    alice.post(f"One more for {limit!r}")
    answer = alice.http.get(f"/api/v1/{path}", params={"limit": limit})
    assert answer.status_code in (200, 400, 422), answer.text
    assert len(answer.json()) <= 80


@pytest.mark.parametrize("duration", ["-1", "abc", "9" * 30, "1.5"])
def test_strange_durations(alice: Person, bob: Person, duration: str) -> None:
    answer = alice.http.post(f"/api/v1/accounts/{bob.id}/mute", json={"duration": duration})
    assert answer.status_code in (200, 400, 422), answer.text
    alice.do(f"/api/v1/accounts/{bob.id}/unmute")


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_unknown_verbs(server: RunningServer, verb: str) -> None:
    for path in ("/api/v1/timelines/home", "/api/v1/accounts/verify_credentials", "/api/v1/instance"):
        answer = httpx.request(verb, server.origin + path)
        assert_json_refusal(answer, 405)
        assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize("path", UNKNOWN_PATHS.split())
def test_unknown_paths(server: RunningServer, path: str) -> None:
    assert_json_refusal(httpx.get(server.origin + path), 400, 404, 405)


@pytest.mark.parametrize("path", [*UNKNOWN_PAGES.split(), "/@" + "x" * 5000], ids=lambda path: path[:20])
def test_unknown_pages_are_kind(server: RunningServer, path: str) -> None:
    answer = httpx.get(server.origin + path, headers={"Accept": "text/html", "Accept-Language": "fr"})
    assert answer.status_code in (400, 403, 404, 410, 414)
    assert "Traceback" not in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_heads_and_options_are_answered(server: RunningServer) -> None:
    for path in ("/", "/api/v1/instance", "/local"):
        answer = httpx.head(server.origin + path, follow_redirects=True)
        assert (answer.status_code, answer.content) == (200, b""), path


def test_acting_on_oneself(alice: Person) -> None:
    for verb in ("follow", "block", "mute"):
        answer = alice.http.post(f"/api/v1/accounts/{alice.id}/{verb}")
        assert_json_refusal(answer, 403, 422)


def test_the_same_act_twice_counts_once(alice: Person, bob: Person) -> None:
    status = alice.post("Twice?")["id"]
    for verb in ("favourite", "reblog", "bookmark"):
        for _ in range(2):
            bob.http.post(f"/api/v1/statuses/{status}/{verb}")
    seen = bob.get(f"/api/v1/statuses/{status}")
    assert (seen["favourites_count"], seen["reblogs_count"]) == (1, 1)
    bob.follow(alice)
    bob.follow(alice)
    assert alice.get(f"/api/v1/accounts/{alice.id}")["followers_count"] == 1

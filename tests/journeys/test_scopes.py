"""Every operation asks for a person and for the scope it needs."""

import httpx
import pytest

from tests.journeys.people import Person
from tests.journeys.signing_in import application_token, register_client
from tests.server import PATIENCE, RunningServer

READ = [
    "timelines/home", "accounts/verify_credentials", "accounts/relationships?id[]=1", "notifications",
    "favourites", "bookmarks", "mutes", "blocks", "follow_requests", "preferences", "markers?timeline[]=home",
    "lists", "lists/followed", "followed_tags", "accounts/{other}/lists", "filters", "../v2/filters",
]  # fmt: skip
ON_STATUSES = """
    favourite unfavourite reblog unreblog bookmark unbookmark pin unpin mute unmute"""
WRITE = [
    ("POST", "statuses"), ("PUT", "statuses/{status}"), ("DELETE", "statuses/{status}"),
    ("POST", "lists"), ("PUT", "lists/1"), ("DELETE", "lists/1"),
    *(("POST", f"lists/1/{verb}") for verb in ("follow", "unfollow")),
    *((verb, f"lists/1/{what}") for verb in ("POST", "DELETE") for what in ("accounts", "tags")),
    ("POST", "filters"), ("PUT", "filters/1"), ("DELETE", "filters/1"),
    ("POST", "../v2/filters"), ("PUT", "../v2/filters/1"), ("DELETE", "../v2/filters/1"),
    *(("POST", f"../v2/filters/1/{what}") for what in ("keywords", "statuses")),
    *(("DELETE", f"../v2/filters/{what}/1") for what in ("keywords", "statuses")),
    ("POST", "tags/x/follow"), ("POST", "tags/x/unfollow"),
    ("POST", "markers"), ("PATCH", "accounts/update_credentials"), ("POST", "notifications/clear"),
    ("POST", "follow_requests/{other}/authorize"), ("POST", "follow_requests/{other}/reject"),
    *(("POST", f"statuses/{{status}}/{verb}") for verb in ON_STATUSES.split()),
    *(("POST", f"accounts/{{other}}/{verb}") for verb in ("follow", "unfollow", "block", "unblock", "mute", "unmute")),
]  # fmt: skip


@pytest.fixture(scope="module")
def places(alice: Person, bob: Person) -> dict[str, str]:
    return {"status": alice.post("Scoped")["id"], "other": bob.id}


client = httpx.Client(timeout=PATIENCE)


def call(server: RunningServer, verb: str, path: str, token: str) -> httpx.Response:
    bearer = {"Authorization": f"Bearer {token}"} if token else {}
    return client.request(verb, f"{server.origin}/api/v1/{path}", headers=bearer)


@pytest.fixture(scope="module")
def only_read(alice: Person) -> str:
    return alice.server.create_token(alice.name, "read")


@pytest.fixture(scope="module")
def only_write(alice: Person) -> str:
    return alice.server.create_token(alice.name, "write")


@pytest.fixture(scope="module")
def nobody(server: RunningServer) -> str:
    return application_token(server.origin, register_client(server.origin))


def every_operation() -> list[tuple[str, str]]:
    return [("GET", path) for path in READ] + WRITE


@pytest.mark.parametrize(("verb", "path"), every_operation(), ids=" ".join)
def test_person_is_needed(server: RunningServer, places: dict[str, str], nobody: str, verb: str, path: str) -> None:
    path = path.format(**places)
    for token in ("", "wrong"):
        answer = call(server, verb, path, token)
        assert (answer.status_code, set(answer.json())) == (401, {"error"})
    assert call(server, verb, path, nobody).status_code in (403, 422)


@pytest.mark.parametrize(("verb", "path"), WRITE, ids=[" ".join(one) for one in WRITE])
def test_read_token_cannot_write(
    server: RunningServer, places: dict[str, str], only_read: str, verb: str, path: str
) -> None:
    answer = call(server, verb, path.format(**places), only_read)
    assert answer.status_code == 403
    assert answer.json()["error"] == "This action is outside the authorized scopes"


@pytest.mark.parametrize("path", READ)
def test_write_token_cannot_read(server: RunningServer, places: dict[str, str], only_write: str, path: str) -> None:
    assert call(server, "GET", path.format(**places), only_write).status_code == 403


@pytest.mark.parametrize("path", READ)
def test_read_token_reads(server: RunningServer, places: dict[str, str], only_read: str, path: str) -> None:
    assert call(server, "GET", path.format(**places), only_read).status_code == 200


def test_e3_streams_need_a_reading_scope(server: RunningServer, only_write: str) -> None:
    assert call(server, "GET", "streaming/user", only_write).status_code in (401, 403)


def test_granular_scope_opens_one_door_only(alice: Person, places: dict[str, str]) -> None:
    token = alice.server.create_token(alice.name, "read:bookmarks write:favourites")
    doors = {
        ("GET", "bookmarks"): 200, ("GET", "favourites"): 403, ("GET", "timelines/home"): 403,
        ("POST", f"statuses/{places['status']}/favourite"): 200,
        ("POST", f"statuses/{places['status']}/bookmark"): 403,
    }  # fmt: skip
    assert {door: call(alice.server, *door, token).status_code for door in doors} == doors


def test_follow_scope_covers_follows_blocks_and_mutes(alice: Person, bob: Person) -> None:
    token = alice.server.create_token(alice.name, "follow")
    for verb in ("follow", "unfollow", "mute", "unmute", "block", "unblock"):
        answer = call(alice.server, "POST", f"accounts/{bob.id}/{verb}", token)
        assert answer.status_code == 200, verb
    assert call(alice.server, "GET", "blocks", token).status_code == 200
    assert call(alice.server, "POST", "statuses", token).status_code == 403


def test_others_posts_can_neither_be_edited_nor_deleted(alice: Person, bob: Person) -> None:
    status = alice.post("Mine alone")
    for verb, tail in (("PUT", ""), ("DELETE", ""), ("POST", "/pin"), ("GET", "/source")):
        answer = bob.http.request(verb, f"/api/v1/statuses/{status['id']}{tail}", json={"status": "Mine"})
        expected = (200, 403, 404) if tail == "/source" else (403, 404, 422)
        assert answer.status_code in expected, (verb, tail)
    assert alice.get(f"/api/v1/statuses/{status['id']}")["content"] == "<p>Mine alone</p>"


def test_f8_notifications_of_others_stay_theirs(alice: Person, bob: Person) -> None:
    bob.do(f"/api/v1/statuses/{alice.post('Ring')['id']}/favourite")
    mine = alice.notified()[0]["id"]
    assert bob.http.get(f"/api/v1/notifications/{mine}").status_code == 404
    bob.http.post(f"/api/v1/notifications/{mine}/dismiss")
    assert alice.get(f"/api/v1/notifications/{mine}")["id"] == mine

"""Streams: server-sent events and the multiplexed WebSocket carry the same facts."""

import json

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.journeys.people import Person
from tests.journeys.streams import Event, listening, socket_listening
from tests.server import PATIENCE, RunningServer


@pytest.fixture(scope="module", autouse=True)
def _bob_follows_alice(alice: Person, bob: Person) -> None:
    bob.follow(alice)


def subscription(stream: str, **more: str) -> str:
    return json.dumps({"type": "subscribe", "stream": stream} | more)


def test_health_answers_without_a_token(server: RunningServer) -> None:
    answer = httpx.get(f"{server.origin}/api/v1/streaming/health")
    assert (answer.status_code, answer.text) == (200, "OK")


def test_follower_sees_post_edit_and_deletion(alice: Person, bob: Person) -> None:
    with listening(bob.server, "user", bob.token) as stream:
        status = alice.post("Live from the stream")
        assert stream.expect("update")["id"] == status["id"]
        alice.http.put(f"/api/v1/statuses/{status['id']}", json={"status": "Better said"})
        assert "Better said" in stream.expect("status.update")["content"]
        alice.http.delete(f"/api/v1/statuses/{status['id']}")
        assert str(stream.expect("delete")) == status["id"]


@pytest.mark.parametrize("path", ["user", "user/notification"])
def test_mention_arrives_as_notification(alice: Person, bob: Person, path: str) -> None:
    with listening(bob.server, path, bob.token) as stream:
        alice.post(f"@{bob.name} look")
        notification = stream.expect("notification")
    assert notification["type"] == "mention"
    assert notification["account"]["id"] == alice.id


@pytest.mark.parametrize("path", ["public", "public/local", "hashtag?tag=onair", "hashtag/local?tag=onair"])
def test_public_post_arrives_on_public_streams(alice: Person, bob: Person, path: str) -> None:
    with listening(bob.server, path, bob.token) as stream:
        alice.post("Not for all #onair", visibility="unlisted")
        status = alice.post("For all #OnAir")
        assert stream.expect("update")["id"] == status["id"]


def test_post_is_seen_by_its_own_author(alice: Person) -> None:
    with listening(alice.server, "user", alice.token) as stream:
        status = alice.post("To myself as well")
        assert stream.expect("update")["id"] == status["id"]


def test_one_socket_carries_several_streams(alice: Person, bob: Person) -> None:
    with socket_listening(bob.server, f"?access_token={bob.token}") as (socket, stream):
        for message in (subscription("user"), subscription("hashtag", tag="both"), subscription("nothing")):
            socket.send(message)
        stream.expect("error")  # The answer to the last: what was said before it is heeded.
        twice = alice.post("Twice #both")
        assert ids(stream.before(alice.post("Only at home"))) == [twice["id"]] * 2
        socket.send(json.dumps({"type": "unsubscribe", "stream": "hashtag", "tag": "both"}))
        socket.send(subscription("nothing"))
        stream.expect("error")
        once = alice.post("Once #both")
        assert ids(stream.before(alice.post("Only at home, too"))) == [once["id"]]


def ids(events: list[Event]) -> list[str]:
    return [payload["id"] for _, payload in events]


def test_socket_event_names_its_stream_and_payload_is_text(alice: Person, bob: Person) -> None:
    url = f"ws://127.0.0.1:{bob.server.port}/api/v1/streaming"
    with connect(f"{url}?stream=user&access_token={bob.token}") as socket:
        alice.post("Raw frame")
        frame = json.loads(socket.recv(timeout=PATIENCE))
    assert (frame["stream"], frame["event"]) == (["user"], "update")
    assert json.loads(frame["payload"])["content"] == "<p>Raw frame</p>"


@pytest.mark.parametrize("way", ["header", "query", "protocol"])
def test_token_is_read_from_three_places(alice: Person, bob: Person, way: str) -> None:
    options = {
        "header": {"additional_headers": {"Authorization": f"Bearer {bob.token}"}},
        "protocol": {"subprotocols": [Subprotocol(bob.token)]},
        "query": {},
    }[way]
    query = "?stream=user" + (f"&access_token={bob.token}" if way == "query" else "")
    with socket_listening(bob.server, query, **options) as (socket, stream):
        alice.post("Which way")
        stream.expect("update")
        assert socket.subprotocol == (bob.token if way == "protocol" else None)


def test_unknown_stream_is_refused(bob: Person) -> None:
    answer = bob.http.get("/api/v1/streaming/nothing")
    assert answer.status_code in (400, 404)
    assert answer.json()["error"]
    with socket_listening(bob.server, f"?access_token={bob.token}") as (socket, stream):
        socket.send(subscription("nothing"))
        assert stream.expect("error")["status"] == 400
        socket.send("not json")
        socket.send(subscription("public"))
        assert not stream.closed.is_set()


@pytest.mark.parametrize("token", ["", "wrong"])
def test_streams_need_a_user_token(server: RunningServer, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    for path in ("user", "user/notification", "public", "hashtag?tag=x", "direct"):
        answer = httpx.get(f"{server.origin}/api/v1/streaming/{path}", headers=headers)
        assert answer.status_code == 401, path
    with pytest.raises(InvalidStatus) as refused, socket_listening(server, f"?stream=user&access_token={token}"):
        pass
    assert refused.value.response.status_code == 401


def test_a_post_boosted_by_two_arrives_once(alice: Person, bob: Person, carol: Person) -> None:
    bob.follow(carol)
    with listening(bob.server, "user", bob.token) as stream:
        boosted = carol.post("Boost me")
        assert stream.expect("update")["id"] == boosted["id"]
        alice.do(f"/api/v1/statuses/{boosted['id']}/reblog")
        last = alice.post("After the boost")
        assert stream.expect("update")["id"] == last["id"]
    home = [each["id"] for each in bob.get("/api/v1/timelines/home")]
    assert home[:2] == [last["id"], boosted["id"]]

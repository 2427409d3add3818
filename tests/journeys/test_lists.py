"""Lists and followed hashtags through Mastodon.py, streams and plain requests."""

import json
from typing import Any

import httpx
import pytest

from tests.journeys.mastodon_client import ids
from tests.journeys.people import Json, Person, eventually
from tests.journeys.streams import listening, socket_listening


@pytest.fixture(scope="module")
def friends(client: Any, bob: Person) -> Any:
    client.account_follow(bob.id)
    made = client.list_create("Friends", replies_policy="list")
    client.list_accounts_add(made.id, [bob.id])
    return made


def test_list_is_made_renamed_read_and_deleted(client: Any, bob: Person, friends: Any) -> None:
    before, status = ids(client.lists()), bob.post("For the list")
    assert str(status["id"]) in ids(client.timeline_list(friends.id))
    assert ids(client.list_accounts(friends.id)) == ids(client.list_accounts(friends.id, limit=0)) == [bob.id]
    assert ids(client.account_lists(bob.id)) == [str(friends.id)]
    other = client.list_create("Other", exclusive=True)
    assert client.list_update(other.id, "Renamed", replies_policy="none", exclusive=True).title == "Renamed"
    assert (client.list(other.id).exclusive, client.list(other.id).replies_policy) == (True, "none")
    assert ids(client.lists()) == [*before, str(other.id)]
    client.list_delete(other.id)
    assert ids(client.lists()) == before


def test_account_is_taken_off_a_list(client: Any, bob: Person) -> None:
    made = client.list_create("Short")
    client.list_accounts_add(made.id, bob.id)
    client.list_accounts_delete(made.id, bob.id)
    assert client.list_accounts(made.id) == []
    client.list_delete(made.id)


@pytest.mark.parametrize("form", ["json", "data", "params"])
def test_bodies_of_deletions_are_read_in_every_form(alice: Person, bob: Person, friends: Any, form: str) -> None:
    made = alice.do("/api/v1/lists", title="Forms")
    place = f"/api/v1/lists/{made['id']}/accounts"
    name = "account_ids" if form == "json" else "account_ids[]"
    for verb, left in (("POST", [bob.id]), ("DELETE", [])):
        answer = alice.http.request(verb, place, **{form: {name: [bob.id]}})
        assert answer.status_code == 200, answer.text
        assert [each["id"] for each in alice.get(place)] == left
    alice.http.delete(f"/api/v1/lists/{made['id']}")


def test_exclusive_list_keeps_its_members_out_of_the_home(alice: Person, bob: Person, friends: Any) -> None:
    status = bob.post("At home, or not")
    assert status["id"] in alice.home()
    alice.http.put(f"/api/v1/lists/{friends.id}", json={"exclusive": True})
    assert status["id"] not in alice.home()
    assert bob.post("Only on the list")["id"] not in alice.home()
    alice.http.put(f"/api/v1/lists/{friends.id}", json={"exclusive": False})
    assert status["id"] in alice.home()


def test_hashtags_stand_on_lists(alice: Person, carol: Person) -> None:
    made = alice.do("/api/v1/lists", title="Water")
    place = f"/api/v1/lists/{made['id']}/tags"
    assert [tag["name"] for tag in alice.do(place, tags=["#Harbour", "sea"])] == ["harbour", "sea"]
    status = carol.post("Boats in the #harbour")
    assert alice.get(f"/api/v1/timelines/list/{made['id']}")[0]["id"] == status["id"]
    alice.http.request("DELETE", place, json={"tags": ["harbour"]})
    assert [tag["name"] for tag in alice.get(place)] == ["sea"]


@pytest.mark.parametrize("way", ["sse", "socket"])
def test_list_is_live(alice: Person, bob: Person, carol: Person, friends: Any, way: str) -> None:
    alice.do(f"/api/v1/lists/{friends.id}/tags", tags=["onlist"])
    query = f"?stream=list&list={friends.id}&access_token={alice.token}"
    opened = (
        listening(alice.server, f"list?list={friends.id}", alice.token)
        if way == "sse"
        else socket_listening(alice.server, query)
    )
    with opened as given:
        stream = given[1] if isinstance(given, tuple) else given
        carol.post("Not on it")
        mine = bob.post("By a member", visibility="private")
        assert stream.expect("update")["id"] == mine["id"]
        tagged = carol.post("By hashtag #onlist")
        assert stream.expect("update")["id"] == tagged["id"]
        bob.http.put(f"/api/v1/statuses/{mine['id']}", json={"status": "Changed"})
        assert "Changed" in stream.expect("status.update")["content"]
        bob.http.delete(f"/api/v1/statuses/{mine['id']}")
        assert str(stream.expect("delete")) == mine["id"]


def test_f4_lists_of_others_answer_like_none(alice: Person, carol: Person, bob: Person, friends: Any) -> None:
    """Every address with a list's id, with another person's list and with one that never was."""
    body = {"account_ids": [bob.id], "tags": ["x"], "title": "Mine"}
    for verb, tail in [
        *(("GET", tail) for tail in ("", "/accounts", "/tags")),
        *(("PUT", ""), ("DELETE", "")),
        *((verb, tail) for verb in ("POST", "DELETE") for tail in ("/accounts", "/tags")),
        ("POST", "/follow"),
    ]:
        answers = [carol.http.request(verb, f"/api/v1/lists/{id}{tail}", json=body) for id in (friends.id, 12)]
        assert [answer.status_code for answer in answers] == [404, 404], (verb, tail)
        assert answers[0].content == answers[1].content
    assert carol.http.get(f"/api/v1/timelines/list/{friends.id}").status_code == 404
    assert carol.http.get(f"/api/v1/streaming/list?list={friends.id}").status_code == 404
    with socket_listening(carol.server, f"?access_token={carol.token}") as (socket, stream):
        socket.send(json.dumps({"type": "subscribe", "stream": "list", "list": str(friends.id)}))
        assert stream.expect("error")["status"] == 404
    assert alice.get(f"/api/v1/lists/{friends.id}")["title"] == "Friends"


def test_public_list_is_read_followed_and_streamed_by_others(alice: Person, bob: Person, carol: Person) -> None:
    made = alice.do("/api/v1/lists", title="Open", public=True)
    assert made["url"].endswith(f"/@{alice.name}/lists/{made['id']}")
    alice.do(f"/api/v1/lists/{made['id']}/accounts", account_ids=[bob.id])
    status = bob.post("For everyone")
    for reader in (carol.http, httpx.Client(base_url=alice.server.origin)):
        assert reader.get(f"/api/v1/timelines/list/{made['id']}").json()[0]["id"] == status["id"]
    carol.do(f"/api/v1/lists/{made['id']}/follow")
    assert [each["id"] for each in carol.get("/api/v1/lists/followed")] == [made["id"]]
    with listening(carol.server, f"list?list={made['id']}", carol.token) as stream:
        bob.post("For followers", visibility="private")
        again = bob.post("For all again")
        assert stream.expect("update")["id"] == again["id"]
    carol.do(f"/api/v1/lists/{made['id']}/unfollow")
    assert carol.get("/api/v1/lists/followed") == []
    alice.http.delete(f"/api/v1/lists/{made['id']}").raise_for_status()


def test_f10_hashtags_are_followed_and_bring_posts_home(client: Any, alice: Person, carol: Person) -> None:
    before = carol.post("Nobody follows me #Brume")
    assert not client.tag("brume").following
    assert client.tag_follow("Brume").following
    assert before["id"] in alice.home()
    with listening(alice.server, "user", alice.token) as stream:
        status = carol.post("In the #brume")
        assert stream.expect("update")["id"] == status["id"]
        carol.post("No hashtag")
        assert stream.before(alice.post("My own")) == []
        carol.http.delete(f"/api/v1/statuses/{status['id']}")
        assert str(stream.expect("delete")) == status["id"]
    assert status["id"] not in alice.home()
    tag = client.tag("Brume")
    assert (tag.name, int(tag.history[0].uses), int(tag.history[0].accounts)) == ("brume", 1, 1)
    carol.do("/api/v1/tags/brume/unfollow")
    assert [tag.name for tag in client.followed_tags()] == ["brume"]
    assert not client.tag_unfollow("brume").following
    assert before["id"] not in alice.home()


def test_followed_hashtags_page_by_link(carol: Person) -> None:
    for name in ("one", "two", "three"):
        carol.do(f"/api/v1/tags/{name}/follow")
    first = carol.http.get("/api/v1/followed_tags", params={"limit": 2})
    second = carol.http.get(first.links["next"]["url"])
    assert [tag["name"] for tag in first.json() + second.json()] == ["three", "two", "one"]
    for name in ("not%20one", "12", "%23"):
        assert carol.http.get(f"/api/v1/tags/{name}").status_code == 404
        assert carol.http.post(f"/api/v1/tags/{name}/follow").status_code == 422


def test_home_holds_the_languages_that_were_chosen(alice: Person, bob: Person) -> None:
    posts: dict[str, Json] = {code: bob.post(f"In {code}", language=code) for code in ("fr", "en")}
    alice.do(f"/api/v1/accounts/{bob.id}/follow", languages=["fr"])
    home = alice.home()
    assert (posts["fr"]["id"] in home, posts["en"]["id"] in home) == (True, False)
    assert bob.post("Later in English", language="en")["id"] not in alice.home()
    alice.do(f"/api/v1/accounts/{bob.id}/follow", languages=[])
    assert posts["en"]["id"] in alice.home()


def test_who_is_unfollowed_leaves_private_lists(alice: Person, carol: Person) -> None:
    alice.follow(carol)
    made = alice.do("/api/v1/lists", title="Leaving")
    alice.do(f"/api/v1/lists/{made['id']}/accounts", account_ids=[carol.id])
    alice.do(f"/api/v1/accounts/{carol.id}/unfollow")
    left = eventually(lambda: alice.get(f"/api/v1/lists/{made['id']}/accounts"), lambda found: not found)
    assert left == []
    refused = alice.http.post(f"/api/v1/lists/{made['id']}/accounts", json={"account_ids": [carol.id]})
    assert (refused.status_code, "must be followed" in refused.json()["error"]) == (422, True)

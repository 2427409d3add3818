"""The same parameters from JSON, a form, multipart and the query string, on every writing verb."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.journeys.people import Json, Person

Send = Callable[[Person, str, str, Json], httpx.Response]


def as_json(person: Person, verb: str, path: str, fields: Json) -> httpx.Response:
    return person.http.request(verb, path, json=fields)


def as_form(person: Person, verb: str, path: str, fields: Json) -> httpx.Response:
    return person.http.request(verb, path, data=_spelled(fields))


def as_multipart(person: Person, verb: str, path: str, fields: Json) -> httpx.Response:
    parts = [(name, (None, value)) for name, value in _spelled(fields).items()]
    return person.http.request(verb, path, files=parts)


def as_query(person: Person, verb: str, path: str, fields: Json) -> httpx.Response:
    return person.http.request(verb, path, params=_spelled(fields))


def _spelled(fields: Json) -> dict[str, str]:
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in fields.items()}


every_way = pytest.mark.parametrize("send", [as_json, as_form, as_multipart, as_query])


@every_way
def test_post_a_status(alice: Person, send: Send) -> None:
    fields = {"status": "Même chose ✓", "sensitive": True, "spoiler_text": "é", "language": "fr"}
    answer = send(alice, "POST", "/api/v1/statuses", fields)
    status = answer.json()
    assert (answer.status_code, status["content"]) == (200, "<p>Même chose ✓</p>")
    assert (status["sensitive"], status["spoiler_text"], status["language"]) == (True, "é", "fr")


@every_way
@pytest.mark.parametrize("verb", ["PUT", "PATCH"])
def test_edit_a_status(alice: Person, send: Send, verb: str) -> None:
    path = f"/api/v1/statuses/{alice.post('Before')['id']}"
    answer = send(alice, verb, path, {"status": "After"})
    assert (answer.status_code, answer.json()["content"]) == (200, "<p>After</p>")


@every_way
@pytest.mark.parametrize("verb", ["PATCH", "PUT"])
def test_change_the_profile(alice: Person, send: Send, verb: str) -> None:
    fields = {"display_name": f"By {send.__name__}", "discoverable": False}
    answer = send(alice, verb, "/api/v1/accounts/update_credentials", fields)
    assert answer.status_code == 200, answer.text
    assert answer.json()["display_name"] == f"By {send.__name__}"
    assert answer.json()["discoverable"] is False


@every_way
def test_follow_with_options(alice: Person, bob: Person, send: Send) -> None:
    path = f"/api/v1/accounts/{bob.id}/follow"
    relationship = send(alice, "POST", path, {"reblogs": False, "notify": True}).json()
    assert (relationship["showing_reblogs"], relationship["notifying"]) == (False, True)
    alice.do(f"/api/v1/accounts/{bob.id}/unfollow")


@every_way
def test_mute_without_notifications(alice: Person, bob: Person, send: Send) -> None:
    path = f"/api/v1/accounts/{bob.id}/mute"
    relationship = send(alice, "POST", path, {"notifications": False, "duration": 60}).json()
    assert (relationship["muting"], relationship["muting_notifications"]) == (True, False)
    alice.do(f"/api/v1/accounts/{bob.id}/unmute")


@every_way
def test_register_an_application(alice: Person, send: Send) -> None:
    fields = {"client_name": "Any way", "redirect_uris": "app:/x", "scopes": "read"}
    answer = send(alice, "POST", "/api/v1/apps", fields)
    assert (answer.status_code, answer.json()["redirect_uris"]) == (200, ["app:/x"])


@every_way
@pytest.mark.parametrize(("word", "verdict"), [("true", True), ("1", True), ("false", False), ("0", False)])
def test_booleans_arrive_as_texts(alice: Person, send: Send, word: str, verdict: bool) -> None:
    fields = {"status": f"Is it {word}?", "sensitive": word}
    answer = send(alice, "POST", "/api/v1/statuses", fields)
    assert answer.json()["sensitive"] is verdict


FIELD = {"name": "Site", "value": "here"}
UNLISTED = {"source": {"privacy": "unlisted"}}
BRACKETS = {
    "fields_attributes[0][name]": "Site",
    "fields_attributes[0][value]": "here",
    "source[privacy]": "unlisted",
}
NESTED: list[tuple[str, Any]] = [
    ("json", {"json": {"fields_attributes": [FIELD]} | UNLISTED}),
    ("json by number", {"json": {"fields_attributes": {"0": FIELD}} | UNLISTED}),
    ("form", {"data": BRACKETS}),
    ("query", {"params": BRACKETS}),
]


@pytest.mark.parametrize(("way", "sent"), NESTED, ids=[way for way, _ in NESTED])
def test_nested_fields_in_every_spelling(bob: Person, way: str, sent: Any) -> None:
    path = "/api/v1/accounts/update_credentials"
    bob.http.patch(path, json={"fields_attributes": [], "source": {"privacy": "public"}})
    answer = bob.http.patch(path, **sent)
    assert answer.status_code == 200, (way, answer.text)
    profile = answer.json()
    assert [field["name"] for field in profile["fields"]] == ["Site"]
    assert profile["source"]["privacy"] == "unlisted"
    bob.http.patch(path, json={"source": {"privacy": "public"}})


@pytest.mark.parametrize("query", ["id[]={0}&id[]={1}", "id={0}&id={1}", "id[0]={0}&id[1]={1}"])
def test_arrays_in_every_spelling(alice: Person, bob: Person, carol: Person, query: str) -> None:
    wanted = [bob.id, carol.id]
    answer = alice.get("/api/v1/accounts/relationships?" + query.format(*wanted))
    assert [relationship["id"] for relationship in answer] == wanted


def test_a_single_id_is_an_array_of_one(alice: Person, bob: Person) -> None:
    (relationship,) = alice.get("/api/v1/accounts/relationships", id=bob.id)
    assert relationship["id"] == bob.id


def test_types_exclude_each_other_in_brackets(alice: Person, bob: Person) -> None:
    bob.do(f"/api/v1/statuses/{alice.post('Like me')['id']}/favourite")
    alice.notified()
    path = "/api/v1/notifications"
    assert {n["type"] for n in alice.get(f"{path}?types[]=favourite&types[]=follow")} >= {"favourite"}
    assert "favourite" not in {n["type"] for n in alice.get(f"{path}?exclude_types[]=favourite")}


def test_hashtags_any_all_none(alice: Person) -> None:
    red, both, three = (alice.post(text)["id"] for text in ("#qred", "#qred #qblue", "#qred #qblue #qgreen"))
    path = "/api/v1/timelines/tag/qred"

    def found(query: str) -> list[str]:
        return [status["id"] for status in alice.get(f"{path}?{query}")]

    assert found("all[]=qblue") == [three, both]
    assert found("none[]=qblue") == [red]
    assert found("all[]=qblue&none[]=qgreen") == [both]
    assert [s["id"] for s in alice.get("/api/v1/timelines/tag/qgreen?any[]=qblue")] == [three, both]

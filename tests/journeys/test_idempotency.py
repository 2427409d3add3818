"""One Idempotency-Key, one status: again, in parallel, for each person apart."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys.people import Json, Person


def post_with(person: Person, key: str, text: str = "Once only") -> Json:
    answer = person.http.post("/api/v1/statuses", json={"status": text}, headers={"Idempotency-Key": key})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def key() -> str:
    return uuid.uuid4().hex


def test_same_key_returns_the_same_status(alice: Person, key: str) -> None:
    first, again = post_with(alice, key), post_with(alice, key, "Other words")
    assert (again["id"], again["content"]) == (first["id"], first["content"])


def test_ten_requests_at_once_make_one_status(alice: Person, key: str) -> None:
    before = alice.get(f"/api/v1/accounts/{alice.id}")["statuses_count"]
    with ThreadPoolExecutor(10) as pool:
        posted = list(pool.map(lambda _: post_with(alice, key), range(10)))
    assert len({status["id"] for status in posted}) == 1
    assert alice.get(f"/api/v1/accounts/{alice.id}")["statuses_count"] == before + 1
    assert alice.home().count(posted[0]["id"]) == 1


def test_key_of_somebody_else_is_not_ours(alice: Person, bob: Person, key: str) -> None:
    assert post_with(alice, key)["id"] != post_with(bob, key)["id"]


def test_refused_post_does_not_use_up_the_key(alice: Person, key: str) -> None:
    headers = {"Idempotency-Key": key}
    assert alice.http.post("/api/v1/statuses", json={"status": ""}, headers=headers).status_code == 422
    assert post_with(alice, key, "Now with words")["content"] == "<p>Now with words</p>"

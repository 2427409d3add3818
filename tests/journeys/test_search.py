"""Clients find an account by its handle, a post by its address, a hashtag by its name."""

import pytest

from tests.journeys.people import Person, eventually


@pytest.mark.parametrize("spelling", ["{name}", "@{name}", "{NAME}", "@{name}@{host}", "{origin}/@{name}"])
def test_account_is_found_by_its_handle(alice: Person, bob: Person, spelling: str) -> None:
    origin = alice.server.origin
    host = origin.removeprefix("http://")
    wanted = spelling.format(name=bob.name, NAME=bob.name.upper(), host=host, origin=origin)
    found = alice.get("/api/v2/search", q=wanted, type="accounts", resolve="true")
    assert [account["id"] for account in found["accounts"]] == [bob.id]
    assert (found["statuses"], found["hashtags"]) == ([], [])


def test_post_is_found_by_its_address_by_those_who_may_see_it(alice: Person, bob: Person) -> None:
    seen = bob.post("Find me")
    hidden = bob.post("Do not find me", visibility="private")
    found = alice.get("/api/v2/search", q=seen["url"])
    assert [status["id"] for status in found["statuses"]] == [seen["id"]]
    assert alice.get("/api/v2/search", q=hidden["url"])["statuses"] == []


def test_hashtag_is_found_by_its_name(alice: Person) -> None:
    found = alice.get("/api/v2/search", q="#Port", type="hashtags")
    assert found["hashtags"][0]["name"] == "port"


@pytest.mark.parametrize(
    "nobody", ["", "@", "nobody_at_all", "a@b@c", "http://[", "\u0000", "x" * 5000, "@x@evil.example"]
)
def test_what_is_not_there_is_not_found(alice: Person, nobody: str) -> None:
    answer = alice.http.get("/api/v2/search", params={"q": nobody})
    assert answer.status_code in (200, 400, 422), answer.text
    if answer.is_success:
        assert answer.json()["accounts"] == answer.json()["statuses"] == []


def test_hits_next_above_one_and_one_s_own_library(alice: Person, bob: Person) -> None:
    said = [bob.post(f"Zostère numéro {number}")["id"] for number in range(6)]
    bob.do(f"/api/v1/statuses/{said[2]}/bookmark")
    alice.do(f"/api/v1/statuses/{said[4]}/favourite")

    def ids(person: Person, **asked: str) -> list[str]:
        found = person.get("/api/v2/search", type="statuses", **asked)
        return [status["id"] for status in found["statuses"]]

    assert eventually(lambda: ids(alice, q="zostère"), lambda found: len(found) == 6) == said[::-1]
    assert ids(alice, q="zostère", min_id=said[0], limit="2") == [said[2], said[1]]
    assert ids(alice, q="zostère", min_id=said[3]) == [said[5], said[4]]
    assert ids(alice, q="zostère", max_id=said[2]) == [said[1], said[0]]
    assert ids(alice, q="zostère in:library") == [said[4]]
    assert ids(bob, q="zostère in:library") == said[::-1]

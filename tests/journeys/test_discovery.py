"""A client searches by words, sees what trends once staff approved it, and meets people."""

import re
import time
from typing import Any

import pytest

from tests.costs import quickest
from tests.journeys.mastodon_client import ids
from tests.journeys.people import Person, Welcome, eventually


def test_a_new_post_is_found_by_its_words_within_fifty_milliseconds(alice: Person) -> None:
    """Tried again while not: the machine may have been busy elsewhere just then."""

    def delay(number: int) -> float:
        made = alice.post(f"freshword{number} over the harbour")
        answered = time.monotonic()
        found = eventually(lambda: alice.get("/api/v2/search", q=f"freshword{number}")["statuses"], bool)
        assert ids(found) == [made["id"]]
        return time.monotonic() - answered

    assert any(delay(number) < 0.05 for number in range(100))


def test_words_phrases_and_operators_through_a_client(client: Any, alice: Person, bob: Person) -> None:
    night = bob.post("Les derniers trains de nuit #gare", language="fr")
    day = bob.post("A train by day https://example.org/x", language="en")

    def found(q: str, **more: Any) -> list[str]:
        return ids(client.search_v2(q, result_type="statuses", **more)["statuses"])

    eventually(lambda: found(f"train from:{bob.name}"), lambda seen: len(seen) == 2)
    assert found(f"train from:{bob.name}") == [day["id"], night["id"]]
    assert found(f'"trains de nuit" from:{bob.name} language:fr') == [night["id"]]
    assert found(f"train has:link from:{bob.name}") == [day["id"]]
    assert found(f"train from:{bob.name}", offset=1) == [night["id"]]
    assert found("train", account_id=bob.id, max_id=day["id"]) == [night["id"]]
    assert found("train", account_id=alice.id) == []
    tags = client.search_v2("#gar", result_type="hashtags", exclude_unreviewed=False)["hashtags"]
    assert {"gar", "gare"} <= {tag["name"] for tag in tags}


@pytest.mark.parametrize("text", ["word " * 10_000, "w " * 500 + "x y", '"never closed', '-"', "from:", "a" * 3_000])
def test_g11_any_search_is_understood_or_refused_at_once(alice: Person, text: str) -> None:
    def ask() -> None:
        answer = alice.http.get("/api/v2/search", params={"q": text, "type": "statuses"})
        assert answer.status_code in (200, 422, 431, 414), answer.text
        assert "error" in answer.json() or answer.is_success

    assert quickest(ask) < 2


def test_accounts_are_found_by_the_beginning_of_their_name(client: Any, welcome_person: Welcome) -> None:
    siskin = welcome_person("siskin")
    eventually(lambda: ids(client.account_search("sisk")), lambda found: siskin.id in found)
    assert ids(client.account_search("sisk")) == [siskin.id]
    assert ids(client.account_search(f"@{siskin.name}", limit=1)) == [siskin.id]
    assert client.account_search(siskin.name, following=True) == []


def test_a_hashtag_trends_once_staff_approved_it(client: Any, alice: Person, welcome_person: Welcome) -> None:
    for number in range(4):
        welcome_person(f"crowd{number}").post("All to the #grandeparade http://parade.example/map")

    def run(*words: str) -> str:
        return alice.server.command("admin", "trends", *words).stdout

    listed = eventually(lambda: run("list"), lambda seen: "grandeparade" in seen and "parade.example" in seen)
    assert "grandeparade" not in [tag["name"] for tag in client.trending_tags()]
    for number in re.findall(r"(\d+)  (?:hashtag|link) .*parade", listed):
        assert "is approved" in run("approve", number)

    def history() -> Any:
        return next(tag["history"] for tag in client.trending_tags() if tag["name"] == "grandeparade")

    told = eventually(history, lambda days: days[0]["accounts"] == "4")
    assert (told[0]["accounts"], len(told)) == ("4", 7)
    assert "http://parade.example/map" in [link["url"] for link in client.trending_links()]
    assert client.trending_statuses() == []
    assert [each["name"] for each in alice.get("/api/v1/trends")] == [each["name"] for each in client.trending_tags()]


def suggested(person: Person) -> Any:
    return person.get("/api/v2/suggestions")


def test_people_stand_in_the_directory_and_are_suggested(client: Any, alice: Person, welcome_person: Welcome) -> None:
    fan, other, star = (welcome_person(name) for name in ("fan", "other", "star"))
    for person in (fan, other):
        alice.follow(person)
        person.follow(star)
    star.post("Good evening")
    assert star.id in ids(client.directory(order="active", local=True))
    assert ids(client.directory(order="new", limit=1)) == [star.id]
    assert {"friends_of_friends"} == {
        source for entry in suggested(alice) for source in entry["sources"] if entry["account"]["id"] == star.id
    }
    client.suggestion_delete(star.id)
    assert star.id not in [entry["account"]["id"] for entry in suggested(alice)]

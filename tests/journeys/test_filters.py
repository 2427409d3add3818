"""Filters through Mastodon.py, streams and plain requests."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.people import Json, Person, eventually
from tests.journeys.streams import listening, socket_listening
from tests.server import PATIENCE


@pytest.fixture(scope="module", autouse=True)
def _alice_follows_bob(alice: Person, bob: Person) -> None:
    alice.follow(bob)


@pytest.fixture(autouse=True)
def _no_filter_is_left(alice: Person) -> Iterator[None]:
    yield
    for each in alice.get("/api/v2/filters"):
        alice.http.delete(f"/api/v2/filters/{each['id']}")


def make(person: Person, word: str, **fields: Any) -> Json:
    fields = {"title": word, "context": ["home"], "keywords_attributes": [{"keyword": word}]} | fields
    made: Json = person.do("/api/v2/filters", **fields)
    return made


def titles(status: Json) -> list[str]:
    return [result["filter"]["title"] for result in status["filtered"]]


def test_filter_is_kept_by_mastodon_py(client: Any, bob: Person) -> None:
    made = client.create_filter_v2(
        "Films",
        ["home", "public"],
        "hide",
        expires_in=3600,
        keywords_attributes=[{"keyword": "spoiler", "whole_word": True}],
    )
    assert (made.filter_action, made.context, made.keywords[0].whole_word) == ("hide", ["home", "public"], True)
    assert client.filter_v2(made.id).expires_at is not None
    word = client.add_filter_keyword_v2(made.id, "twist", whole_word=False)
    assert [each.keyword for each in client.filter_keywords_v2(made.id)] == ["spoiler", "twist"]
    status = bob.post("What a twist")
    assert client.status(status["id"]).filtered[0].keyword_matches == ["twist"]
    client.delete_filter_keyword_v2(word.id)
    assert client.status(status["id"]).filtered == []
    held = client.add_filter_status_v2(made.id, status["id"])
    assert [str(each.status_id) for each in client.filter_statuses_v2(made.id)] == [status["id"]]
    assert [str(id) for id in client.status(status["id"]).filtered[0].status_matches] == [status["id"]]
    client.delete_filter_status_v2(held.id)
    changed = client.update_filter_v2(made.id, title="Series", context=["thread"], filter_action="warn")
    assert (changed.title, changed.context, changed.filter_action) == ("Series", ["thread"], "warn")
    client.delete_filter_v2(made.id)
    assert client.filters_v2() == []


def test_first_filters_are_a_view_of_the_second(client: Any, alice: Person) -> None:
    made = client.filter_create("spoiler", ["home"], irreversible=True, whole_word=True, expires_in=60)
    assert (made.phrase, made.irreversible, made.whole_word) == ("spoiler", True, True)
    (second,) = alice.get("/api/v2/filters")
    assert (second["title"], second["filter_action"], second["keywords"][0]["id"]) == ("spoiler", "hide", str(made.id))
    assert client.filter_update(made.id, "twist", ["thread"], irreversible=False).phrase == "twist"
    assert [each.context for each in client.filters()] == [["thread"]]
    assert client.filter(made.id).phrase == "twist"
    client.filter_delete(made.id)
    assert alice.get("/api/v2/filters") == []


@pytest.mark.parametrize(
    "fields",
    [
        {"json": {"title": "f", "context": ["home"], "keywords_attributes": [{"keyword": "brume", "whole_word": 1}]}},
        {"data": {"title": "f", "context[]": ["home"], "keywords_attributes[][keyword]": "brume",
                  "keywords_attributes[][whole_word]": "true"}},
        {"data": {"title": "f", "context[]": ["home"], "keywords_attributes[0][keyword]": "brume",
                  "keywords_attributes[0][whole_word]": "1"}},
        {"params": {"title": "f", "context[]": ["home"], "keywords_attributes[][keyword]": "brume",
                    "keywords_attributes[][whole_word]": "true"}},
    ],
)  # fmt: skip
def test_keywords_are_read_in_every_form(alice: Person, fields: Json) -> None:
    answer = alice.http.post("/api/v2/filters", **fields)
    assert answer.status_code == 200, answer.text
    (word,) = answer.json()["keywords"]
    assert (word["keyword"], word["whole_word"]) == ("brume", True)


def test_filtered_stands_in_timelines_boosts_and_notifications(alice: Person, bob: Person, carol: Person) -> None:
    make(alice, "brouillard")
    status = carol.post(f"@{alice.name} le Brouillard monte")
    boost = bob.do(f"/api/v1/statuses/{status['id']}/reblog")
    home = {each["id"]: each for each in alice.get("/api/v1/timelines/home")}
    assert titles(home[boost["id"]]) == titles(home[boost["id"]]["reblog"]) == ["brouillard"]
    told = alice.notified(types=["mention"])[0]
    assert titles(told["status"]) == ["brouillard"]
    assert titles(bob.get(f"/api/v1/statuses/{status['id']}")) == []
    assert titles(carol.get(f"/api/v1/statuses/{status['id']}")) == []


def test_timelines_are_full_without_what_is_hidden_and_link_on(alice: Person, bob: Person) -> None:
    """Three of four posts are hidden; pages of two, by their Link headers, show the others once each."""
    said = [bob.post(f"{'rosée' if number % 4 else 'soleil'} #aube {number}")["id"] for number in range(24)]
    make(alice, "rosée", context=["home", "public"], filter_action="hide")
    bright = list(reversed(said[::4]))
    for path in ("home", "public", "tag/aube"):
        seen: list[str] = []
        url = f"/api/v1/timelines/{path}?limit=2"
        while url:
            answer = alice.http.get(url)
            seen += [each["id"] for each in answer.json()]
            url = answer.links.get("next", {}).get("url", "")
        assert [id for id in seen if id >= said[0]] == bright, path
    newer = alice.http.get(f"/api/v1/timelines/home?limit=2&min_id={said[0]}")
    assert [each["id"] for each in newer.json()] == bright[-3:-1]
    assert f"min_id={bright[-3]}" in newer.links["prev"]["url"]
    assert len(bob.get("/api/v1/timelines/tag/aube", limit=40)) == 24


def test_changed_filters_reach_kept_pages(alice: Person, bob: Person) -> None:
    status = bob.post("Une marée basse")
    first = alice.get("/api/v1/timelines/home")[0]
    assert (first["id"], titles(first)) == (status["id"], [])
    made = make(alice, "marée")
    assert titles(alice.get("/api/v1/timelines/home")[0]) == ["marée"]
    alice.http.put(f"/api/v2/filters/{made['id']}", json={"title": "Mer", "expires_in": None})
    assert titles(alice.get("/api/v1/timelines/home")[0]) == ["Mer"]
    alice.http.delete(f"/api/v2/filters/{made['id']}")
    assert titles(alice.get("/api/v1/timelines/home")[0]) == []


def test_filter_ends_on_time(alice: Person, bob: Person) -> None:
    make(alice, "écume", expires_in=1)
    status = bob.post("Trop d’écume")
    path = f"/api/v1/statuses/{status['id']}/context"
    answer = bob.post("encore", in_reply_to_id=status["id"])
    assert alice.get(path)["descendants"][0]["id"] == answer["id"]
    gone = eventually(lambda: titles(alice.get("/api/v1/statuses", **{"id[]": status["id"]})[0]), lambda seen: not seen)
    assert gone == []


def test_streams_carry_what_filters_say(alice: Person, bob: Person) -> None:
    with listening(alice.server, "user", alice.token) as stream:
        make(alice, "tempête")
        assert stream.expect("filters_changed") in ("", None)
        bob.post("La tempête arrive")
        assert titles(stream.expect("update")) == ["tempête"]


@pytest.mark.parametrize("name", ["public", "hashtag"])
def test_shared_streams_are_tailored_to_filters(alice: Person, bob: Person, name: str) -> None:
    made = make(alice, "tempête")
    query = f"?stream={name}&tag=mer&access_token="
    with (
        socket_listening(alice.server, query + alice.token) as (_, filtered),
        socket_listening(bob.server, query + bob.token) as (_, plain),
    ):
        status = bob.post("Une tempête #mer")
        assert titles(filtered.expect("update")) == ["tempête"]
        assert titles(plain.expect("update")) == []
        bob.http.delete(f"/api/v1/statuses/{status['id']}")
        assert str(filtered.expect("delete")) == status["id"]
        alice.http.delete(f"/api/v2/filters/{made['id']}")
        assert filtered.closed.wait(PATIENCE)
        bob.post("Encore #mer")
        assert plain.expect("update")


def test_f4_filters_of_others_answer_like_none(alice: Person, bob: Person) -> None:
    """Every address with a filter's id, with another person's and with one that never was."""
    made = make(alice, "private")
    status = bob.post("Anything")
    held = alice.do(f"/api/v2/filters/{made['id']}/statuses", status_id=status["id"])
    word = made["keywords"][0]["id"]
    body = {"title": "Mine", "keyword": "mine", "phrase": "mine", "context": ["home"], "status_id": status["id"]}
    for verb, path, id in [
        *((verb, "v2/filters/{}", made["id"]) for verb in ("GET", "PUT", "DELETE")),
        *((verb, "v2/filters/{}/keywords", made["id"]) for verb in ("GET", "POST")),
        *((verb, "v2/filters/{}/statuses", made["id"]) for verb in ("GET", "POST")),
        *((verb, "v2/filters/keywords/{}", word) for verb in ("GET", "PUT", "DELETE")),
        *((verb, "v2/filters/statuses/{}", held["id"]) for verb in ("GET", "DELETE")),
        *((verb, "v1/filters/{}", word) for verb in ("GET", "PUT", "DELETE")),
    ]:
        answers = [bob.http.request(verb, f"/api/{path.format(one)}", json=body) for one in (id, 12)]
        assert [answer.status_code for answer in answers] == [404, 404], (verb, path)
        assert answers[0].content == answers[1].content
    (unchanged,) = alice.get("/api/v2/filters")
    assert (unchanged["title"], len(unchanged["keywords"]), len(unchanged["statuses"])) == ("private", 1, 1)

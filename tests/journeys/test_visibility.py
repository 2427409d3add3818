"""Who sees what: four visibilities, five people, every place a post can show up."""

from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from tests.journeys.people import Json, Person, Welcome
from tests.journeys.streams import Listener, listening
from tests.server import PATIENCE, RunningServer

VISIBILITIES = ("public", "unlisted", "private", "direct")
PEOPLE = ("author", "follower", "mentioned", "stranger", "visitor")
TAG = "whosees"

EVERYBODY = {"author", "follower", "mentioned", "stranger", "visitor"}
SEEN_BY = {
    "public": EVERYBODY,
    "unlisted": EVERYBODY,
    "private": {"author", "follower", "mentioned"},
    "direct": {"author", "mentioned"},
}
"""Where the post itself, its thread or its author's profile is read."""
HOME_OF = {name: {"author", "follower"} for name in VISIBILITIES[:3]} | {"direct": {"author"}}
LISTED = {"public": EVERYBODY} | {name: set[str]() for name in VISIBILITIES[1:]}


@pytest.fixture(scope="module")
def cast(welcome_person: Welcome) -> dict[str, Person]:
    people = {name: welcome_person(name) for name in PEOPLE if name != "visitor"}
    people["follower"].follow(people["author"])
    return people


@pytest.fixture(scope="module")
def readers(cast: dict[str, Person], server: RunningServer) -> dict[str, httpx.Client]:
    return {name: person.http for name, person in cast.items()} | {
        "visitor": httpx.Client(base_url=server.origin, timeout=PATIENCE)
    }


@pytest.fixture(scope="module")
def root(cast: dict[str, Person]) -> Json:
    return cast["author"].post("Everybody may read where the thread begins")


@pytest.fixture(scope="module")
def posts(cast: dict[str, Person]) -> dict[str, Json]:
    text = f"Dear @{cast['mentioned'].name} #{TAG} {{0}}"
    return {name: cast["author"].post(text.format(name), visibility=name) for name in VISIBILITIES}


@pytest.fixture(scope="module")
def replies(cast: dict[str, Person], root: Json) -> dict[str, Json]:
    text = f"And @{cast['mentioned'].name} {{0}}"
    return {
        name: cast["author"].post(text.format(name), visibility=name, in_reply_to_id=root["id"])
        for name in VISIBILITIES
    }


def ids(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {status["id"] for status in answer.json()}


@pytest.mark.parametrize("reader", PEOPLE)
@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_single_post(readers: dict[str, httpx.Client], posts: dict[str, Json], reader: str, visibility: str) -> None:
    status = posts[visibility]
    expected = 200 if reader in SEEN_BY[visibility] else 404
    assert readers[reader].get(f"/api/v1/statuses/{status['id']}").status_code == expected


@pytest.mark.parametrize("reader", PEOPLE)
def test_thread(readers: dict[str, httpx.Client], replies: dict[str, Json], root: Json, reader: str) -> None:
    answer = readers[reader].get(f"/api/v1/statuses/{root['id']}/context")
    shown = {status["id"] for status in answer.json()["descendants"]}
    assert shown == {replies[name]["id"] for name in VISIBILITIES if reader in SEEN_BY[name]}


@pytest.mark.parametrize("reader", PEOPLE)
def test_profile(
    readers: dict[str, httpx.Client], cast: dict[str, Person], posts: dict[str, Json], reader: str
) -> None:
    """Direct posts may stay off profiles; nobody sees there what the post itself refuses."""
    shown = ids(readers[reader].get(f"/api/v1/accounts/{cast['author'].id}/statuses?limit=40"))
    for name in VISIBILITIES[:3]:
        may_miss = reader == "mentioned" and name == "private"
        assert may_miss or (posts[name]["id"] in shown) == (reader in SEEN_BY[name]), name
    assert reader in SEEN_BY["direct"] or posts["direct"]["id"] not in shown


@pytest.mark.parametrize("reader", [name for name in PEOPLE if name != "visitor"])
def test_home_timeline(cast: dict[str, Person], posts: dict[str, Json], reader: str) -> None:
    home = set(cast[reader].home())
    for name in VISIBILITIES:
        own_direct = (reader, name) == ("author", "direct")
        assert own_direct or (posts[name]["id"] in home) == (reader in HOME_OF[name]), name


@pytest.mark.parametrize("path", ["public?limit=40", "public?local=true&limit=40", f"tag/{TAG}"])
@pytest.mark.parametrize("reader", PEOPLE)
def test_listed_timelines(readers: dict[str, httpx.Client], posts: dict[str, Json], reader: str, path: str) -> None:
    shown = ids(readers[reader].get(f"/api/v1/timelines/{path}"))
    ours = {posts[name]["id"] for name in VISIBILITIES}
    assert shown & ours == {posts["public"]["id"]}


PLACES: dict[str, tuple[str, dict[str, set[str]]]] = {
    "home": ("user", HOME_OF),
    "local": ("public/local", LISTED),
    "tag": (f"hashtag?tag={TAG}", LISTED),
}


def updates(stream: Listener, last: Json) -> set[str]:
    """Ids of the posts that came before this one."""
    return {payload["id"] for name, payload in stream.before(last) if name == "update"}


@pytest.mark.parametrize("place", PLACES)
def test_streams(cast: dict[str, Person], place: str) -> None:
    path, expected = PLACES[place]
    text = f"Now @{cast['mentioned'].name} #{TAG} {{0}}"
    with ExitStack() as open_streams:
        streams = {
            reader: open_streams.enter_context(listening(person.server, path, person.token))
            for reader, person in cast.items()
        }
        sent = {v: cast["author"].post(text.format(v), visibility=v)["id"] for v in VISIBILITIES}
        for reader, stream in streams.items():
            seen = updates(stream, cast[reader].post(f"My own #{TAG}"))
            for name in VISIBILITIES:
                own_direct = (reader, name) == ("author", "direct")
                arrived = sent[name] in seen
                assert own_direct or arrived == (reader in expected[name]), (reader, name)


def test_mentioned_people_are_notified_of_all(cast: dict[str, Person], posts: dict[str, Json]) -> None:
    notified = cast["mentioned"].notified(4, **{"types[]": "mention"})
    assert {p["id"] for p in posts.values()} <= {n["status"]["id"] for n in notified}
    assert cast["stranger"].get("/api/v1/notifications") == []


HIDDEN: list[tuple[str, str, Any]] = [
    ("GET", "", None), ("GET", "/context", None), ("GET", "/history", None), ("GET", "/source", None),
    ("GET", "/reblogged_by", None), ("GET", "/favourited_by", None), ("PUT", "", {"status": "Mine"}),
    ("DELETE", "", None), *(("POST", f"/{verb}", {}) for verb in
    ("favourite", "unfavourite", "reblog", "unreblog", "bookmark", "unbookmark", "pin", "unpin", "mute", "unmute")),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("visibility", ["private", "direct"])
def test_f3_forbidden_looks_exactly_like_missing(
    readers: dict[str, httpx.Client], posts: dict[str, Json], visibility: str, language: str
) -> None:
    for reader in ("stranger", "visitor"):
        for verb, tail, body in HIDDEN:
            hidden, missing = (
                readers[reader].request(
                    verb, f"/api/v1/statuses/{one}{tail}", json=body, headers={"Accept-Language": language}
                )
                for one in (posts[visibility]["id"], str(int(posts[visibility]["id"]) + 1))
            )
            assert hidden.status_code in (401, 404), (verb, tail, hidden.text)
            assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
            assert set(hidden.headers) == set(missing.headers)


def test_reply_to_a_hidden_post_is_a_reply_to_nothing(cast: dict[str, Person], posts: dict[str, Json]) -> None:
    fields = {"status": "Guessing", "in_reply_to_id": posts["private"]["id"]}
    assert cast["stranger"].http.post("/api/v1/statuses", json=fields).status_code == 404


def test_blocked_people_see_nothing_any_more(cast: dict[str, Person], welcome_person: Welcome) -> None:
    author, blocked = cast["author"], welcome_person("blocked")
    blocked.follow(author)
    status = author.post("Before the quarrel")
    author.do(f"/api/v1/accounts/{blocked.id}/block")
    assert blocked.http.get(f"/api/v1/statuses/{status['id']}").status_code == 404
    assert status["id"] not in blocked.home()
    assert blocked.http.post(f"/api/v1/accounts/{author.id}/follow").status_code in (403, 404)
    with listening(blocked.server, "user", blocked.token) as stream:
        author.post("After the quarrel")
        assert updates(stream, blocked.post("My own")) == set()


def test_only_public_and_unlisted_posts_can_be_boosted_by_others(
    cast: dict[str, Person], posts: dict[str, Json]
) -> None:
    follower = cast["follower"].http
    statuses = [follower.post(f"/api/v1/statuses/{posts[v]['id']}/reblog").status_code for v in VISIBILITIES]
    assert statuses[:2] == [200, 200]
    assert statuses[2] in (403, 404, 422)
    assert statuses[3] == 404

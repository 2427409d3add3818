"""Every list pages by its Link header, with decimal ids that sort by time."""

from collections.abc import Iterator

import httpx
import pytest

from tests.journeys.people import Person, Welcome

LISTS = [
    "/api/v1/timelines/home",
    "/api/v1/timelines/public",
    "/api/v1/timelines/public?local=true",
    "/api/v1/timelines/tag/listed",
    "/api/v1/accounts/{id}/statuses",
    "/api/v1/accounts/{id}/followers",
    "/api/v1/accounts/{id}/following",
    "/api/v1/notifications",
    "/api/v1/favourites",
    "/api/v1/bookmarks",
    "/api/v1/mutes",
    "/api/v1/blocks",
    "/api/v1/follow_requests",
    "/api/v1/timelines/list/{list}",
    "/api/v1/lists/{list}/accounts",
    "/api/v1/statuses/{status}/favourited_by",
    "/api/v1/statuses/{status}/reblogged_by",
]


@pytest.fixture(scope="module")
def places(alice: Person, bob: Person, carol: Person) -> dict[str, str]:
    """Alice with at least three of everything that can be listed."""
    mine = [alice.post(f"Mine {n} #listed")["id"] for n in range(4)]
    theirs = [bob.post(f"Theirs {n}")["id"] for n in range(4)]
    for person in (bob, carol):
        person.follow(alice)
        alice.follow(person)
        for verb in ("favourite", "reblog"):
            person.do(f"/api/v1/statuses/{mine[0]}/{verb}")
    for status in theirs:
        alice.do(f"/api/v1/statuses/{status}/favourite")
        alice.do(f"/api/v1/statuses/{status}/bookmark")
    alice.notified(6)
    on_list = alice.do("/api/v1/lists", title="Listed")["id"]
    alice.do(f"/api/v1/lists/{on_list}/accounts", account_ids=[bob.id, carol.id])
    return {"id": alice.id, "status": mine[0], "list": on_list}


@pytest.fixture(scope="module")
def shunned(alice: Person, welcome_person: Welcome, places: dict[str, str]) -> None:
    """Three people muted who ask to follow, three blocked."""
    assert places
    alice.http.patch("/api/v1/accounts/update_credentials", json={"locked": True})
    for name in ("dan", "eve", "fay"):
        stranger = welcome_person(name)
        stranger.follow(alice)
        alice.do(f"/api/v1/accounts/{stranger.id}/mute")
    for name in ("gus", "hal", "ivy"):
        alice.do(f"/api/v1/accounts/{welcome_person(name).id}/block")


def pages(person: Person, path: str, rel: str = "next") -> Iterator[list[str]]:
    """The ids of each page, following the Link header literally as clients do."""
    link: str | None = path
    while link:
        answer = person.http.get(link)
        assert answer.status_code == 200, f"{link}: {answer.text}"
        if not answer.json():
            return
        assert "prev" in answer.links, f"{link}: {answer.headers.get('link')}"
        yield [entity["id"] for entity in answer.json()]
        link = answer.links.get(rel, {}).get("url")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.usefixtures("shunned")
def test_list_pages_without_gap_or_double(alice: Person, places: dict[str, str], path: str) -> None:
    path = path.format(**places)
    joint = "&" if "?" in path else "?"
    whole = [one for page in pages(alice, f"{path}{joint}limit=80") for one in page]
    by_two = [one for page in pages(alice, f"{path}{joint}limit=2") for one in page]
    assert len(whole) >= 2
    assert by_two == whole
    assert len(set(whole)) == len(whole)
    assert all(one.isdecimal() for one in whole)


@pytest.mark.parametrize("path", [LISTS[0], LISTS[4]])
@pytest.mark.usefixtures("shunned")
def test_prev_link_finds_what_came_since(alice: Person, places: dict[str, str], path: str) -> None:
    first = alice.http.get(path.format(**places), params={"limit": 2})
    before = first.links["prev"]["url"]
    assert alice.http.get(before).json() == []
    alice.post("Since then")
    assert [status["content"] for status in alice.http.get(before).json()] == ["<p>Since then</p>"]


@pytest.mark.parametrize("path", ["/api/v1/timelines/home", "/api/v1/accounts/{id}/statuses"])
def test_cursors_cut_where_they_say(alice: Person, places: dict[str, str], path: str) -> None:
    path = path.format(**places)
    newest, *_, oldest = [status["id"] for status in alice.get(path, limit=4)]
    below = [status["id"] for status in alice.get(path, max_id=newest, limit=2)]
    above = [status["id"] for status in alice.get(path, since_id=oldest, limit=2)]
    next_up = [status["id"] for status in alice.get(path, min_id=oldest, limit=2)]
    assert newest not in below
    assert len(below) == 2
    assert above[0] == newest
    assert next_up == [status["id"] for status in alice.get(path, since_id=oldest)][-2:]
    assert oldest not in above + next_up


def test_limits_are_bounded(alice: Person, places: dict[str, str]) -> None:
    for limit in ("1000000", "99999999999999999999"):
        answer = alice.http.get("/api/v1/timelines/public", params={"limit": limit})
        assert len(answer.json()) <= 80, places


def test_ids_sort_by_time_as_numbers_and_as_texts(alice: Person) -> None:
    posted = [alice.post(f"In order {n}")["id"] for n in range(20)]
    assert posted == sorted(posted, key=int)
    assert posted == sorted(posted, key=lambda one: (len(one), one))


def test_reading_timelines_statuses_and_accounts_needs_no_token(alice: Person, places: dict[str, str]) -> None:
    origin = alice.server.origin
    single = ["accounts/{id}", "statuses/{status}", "statuses/{status}/context", f"accounts/lookup?acct={alice.name}"]
    for path in (*LISTS[1:5], *(f"/api/v1/{one}" for one in single)):
        answer = httpx.get(origin + path.format(**places))
        assert answer.status_code == 200, f"{path}: {answer.text}"

"""Polls by real clients: Mastodon.py asks and votes, toot shows, wrong votes are answered in words."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.journeys.drawn import png
from tests.journeys.mastodon_client import logged_in
from tests.journeys.openapi import Contract
from tests.journeys.people import Json, Person, Welcome
from tests.journeys.toot_client import toot_of

POLL = {"options": ["Blue", "Yellow", "White"], "expires_in": 300}


def ask(person: Person, **poll: Any) -> Json:
    return person.post("Which colour?", poll=POLL | poll)


def vote(person: Person, status: Json, *choices: int) -> Json:
    return person.do(f"/api/v1/polls/{status['poll']['id']}/votes", choices=list(choices))


def test_mastodon_py_asks_votes_and_reads(alice: Person, bob: Person, contract: Contract | None) -> None:
    author, voter = logged_in(alice, contract), logged_in(bob, contract)
    poll = author.make_poll(["Blue", "Yellow"], 600, multiple=True, hide_totals=True)
    status = author.status_post("Which colour?", poll=poll)
    assert (status.poll.multiple, status.poll.voted, status.poll.own_votes) == (True, True, [])
    seen = voter.poll_vote(status.poll.id, [0, 1])
    assert (seen.voted, seen.own_votes, seen.voters_count, seen.votes_count) == (True, [0, 1], 1, 2)
    assert [option.votes_count for option in seen.options] == [None, None]
    assert voter.status(status.id).poll.own_votes == [0, 1]
    assert author.poll(status.poll.id).voters_count == 1
    edited = author.status_update(status.id, "Which of these?", poll=author.make_poll(["Green", "Red"], 600))
    assert (edited.poll.votes_count, edited.poll.id) == (0, status.poll.id)
    assert [version.poll.options[0].title for version in author.status_history(status.id)] == ["Blue", "Green"]


def test_toot_asks_and_shows(alice: Person, tmp_path: Any) -> None:
    toot = toot_of(alice, tmp_path)
    words = ["--poll-option", "Tea", "--poll-option", "Coffee", "--poll-expires-in", "10m"]
    made = toot.json("post", "Tea or coffee?", *words)
    assert [option["title"] for option in made["poll"]["options"]] == ["Tea", "Coffee"]
    shown = toot.run("status", made["id"])
    assert "Tea" in shown
    assert "Coffee" in shown


def test_a_poll_comes_as_form_json_or_query(alice: Person) -> None:
    form = {"status": "Form", "poll[options][]": ["One", "Two"], "poll[expires_in]": "300", "poll[multiple]": "true"}
    made = alice.http.post("/api/v1/statuses", data=form).json()
    assert (made["poll"]["multiple"], len(made["poll"]["options"])) == (True, 2)
    answer = alice.http.post(f"/api/v1/polls/{made['poll']['id']}/votes", data={"choices[]": ["0"]})
    assert answer.status_code == 422


def test_a_boosted_poll_is_in_the_boosted_post(alice: Person, bob: Person) -> None:
    status = ask(alice)
    boost = bob.do(f"/api/v1/statuses/{status['id']}/reblog")
    assert (boost["poll"], boost["reblog"]["poll"]["id"]) == (None, status["poll"]["id"])


@pytest.mark.parametrize(
    "poll",
    [{}, {"options": []}, {"options": ["a", "b"]}, {"options": ["a", "b"], "expires_in": 10}, {"options": ["", "b"]},
     {"options": ["a", "b"], "expires_in": "soon"}, {"options": ["x"] * 500, "expires_in": 300}, {"options": "a"}],
)  # fmt: skip
def test_a_poll_that_cannot_be_asked_is_answered_in_words(alice: Person, poll: Json) -> None:
    answer = alice.http.post("/api/v1/statuses", json={"status": "Which?", "poll": poll})
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("Validation failed: ")


def test_a_post_with_a_poll_is_given_no_file_and_one_with_a_file_no_poll(alice: Person) -> None:
    files = {"file": ("a.png", png(), "image/png")}
    first, second = (alice.http.post("/api/v1/media", files=files).json()["id"] for _ in range(2))
    poll = {"options": ["Yes", "No"], "expires_in": 600}
    asked, pictured = alice.post("Shall we?", poll=poll), alice.post("look", media_ids=[first])
    for post, changes in ((asked, {"media_ids": [second]}), (pictured, {"poll": poll})):
        answer = alice.http.put(f"/api/v1/statuses/{post['id']}", json={"status": "both"} | changes)
        assert (answer.status_code, answer.json()["error"]) == (422, "A post carries media or a poll, not both.")
        assert alice.get(f"/api/v1/statuses/{post['id']}")["content"] == post["content"]


@pytest.mark.parametrize("choices", [[], [3], [-1], ["x"], [0, 1], ["9" * 5000]])
def test_a_vote_that_says_nothing_is_refused_and_not_counted(alice: Person, bob: Person, choices: list[Any]) -> None:
    status = ask(alice)
    answer = bob.http.post(f"/api/v1/polls/{status['poll']['id']}/votes", json={"choices": choices})
    assert answer.status_code == 422
    assert bob.get(f"/api/v1/polls/{status['poll']['id']}")["votes_count"] == 0


def test_i8_one_person_voting_twenty_times_at_once_counts_once(alice: Person, bob: Person, carol: Person) -> None:
    status = ask(alice)
    vote(carol, status, 1)
    address = f"/api/v1/polls/{status['poll']['id']}/votes"
    with ThreadPoolExecutor(20) as pool:
        codes = list(pool.map(lambda _: bob.http.post(address, json={"choices": [0]}).status_code, range(20)))
    assert sorted(codes) == [200, *[422] * 19]
    poll = alice.get(f"/api/v1/polls/{status['poll']['id']}")
    assert (poll["voters_count"], [option["votes_count"] for option in poll["options"]]) == (2, [1, 1, 0])


def test_the_poll_of_a_hidden_post_is_not_there(alice: Person, welcome_person: Welcome) -> None:
    status = alice.post("For nobody", visibility="direct", poll=POLL)
    stranger = welcome_person("stranger")
    for answer in (
        stranger.http.get(f"/api/v1/polls/{status['poll']['id']}"),
        stranger.http.post(f"/api/v1/polls/{status['poll']['id']}/votes", json={"choices": [0]}),
        stranger.http.get(f"/api/v1/polls/{alice.post('No poll')['id']}"),
    ):
        assert answer.status_code == 404


def test_the_server_says_what_a_poll_may_be(alice: Person) -> None:
    expected = {"max_options": 4, "max_characters_per_option": 50, "min_expiration": 300, "max_expiration": 2_629_746}
    assert alice.get("/api/v2/instance")["configuration"]["polls"] == expected

"""`toot` 0.52 from PyPI signs in and does its daily work on a fresh server."""

import re

import pytest

from tests.journeys.people import Person
from tests.journeys.toot_client import Toot, toot_of


@pytest.fixture(scope="module")
def toot(alice: Person, tmp_path_factory: pytest.TempPathFactory) -> Toot:
    return toot_of(alice, tmp_path_factory.mktemp("toot"))


@pytest.fixture(scope="module")
def post_of_bob(toot: Toot, bob: Person) -> str:
    """A post of Bob, whom Alice follows by toot."""
    toot.run("follow", bob.name)
    return str(bob.post("Bonjour from Bob #morning")["id"])


def test_login_by_out_of_band_code_names_the_person(toot: Toot, alice: Person) -> None:
    assert alice.name in toot.run("auth")
    assert toot.json("whoami")["username"] == alice.name
    assert f"@{alice.name}" in toot.run("whoami")


def test_posting_prints_the_address_of_the_post(toot: Toot, alice: Person) -> None:
    printed = toot.run("post", "Hello from a terminal #terminal")
    origin = re.escape(alice.server.origin)
    assert re.search(rf"{origin}/@{alice.name}/\d+$", printed.strip())


def test_post_options_are_kept(toot: Toot) -> None:
    words = ("--visibility", "unlisted", "--spoiler-text", "Le dîner", "--language", "fr")
    status = toot.json("post", "Une soupe", *words)
    assert status["visibility"] == "unlisted"
    assert (status["spoiler_text"], status["language"]) == ("Le dîner", "fr")


def test_reply_shows_in_the_thread(toot: Toot, post_of_bob: str) -> None:
    reply = toot.json("post", "Bonjour Bob", "--reply-to", post_of_bob)
    assert reply["in_reply_to_id"] == post_of_bob
    shown = toot.run("thread", post_of_bob)
    assert shown.index("Bonjour from Bob") < shown.index("Bonjour Bob")
    descendants = toot.json("thread", post_of_bob)["descendants"]
    assert reply["id"] in [status["id"] for status in descendants]


def test_boost_and_take_it_back(toot: Toot, alice: Person, post_of_bob: str) -> None:
    assert toot.json("reblog", post_of_bob)["reblog"]["id"] == post_of_bob
    assert alice.name in toot.run("reblogged-by", post_of_bob)
    toot.run("unreblog", post_of_bob)
    assert "not reblogged by anyone" in toot.run("reblogged-by", post_of_bob)


def test_favourite_and_take_it_back(toot: Toot, post_of_bob: str) -> None:
    assert "favourited" in toot.run("favourite", post_of_bob)
    assert toot.json("status", post_of_bob)["favourited"] is True
    assert "Bonjour from Bob" in toot.run("timelines", "favourites", "--no-pager", "--no-clear")
    toot.run("unfavourite", post_of_bob)
    assert toot.json("status", post_of_bob)["favourited"] is False


def test_bookmark_and_take_it_back(toot: Toot, post_of_bob: str) -> None:
    toot.run("bookmark", post_of_bob)
    assert "Bonjour from Bob" in toot.run("bookmarks", "--once")
    toot.run("unbookmark", post_of_bob)
    assert "Bonjour from Bob" not in toot.run("bookmarks", "--once")


def test_pin_and_unpin_an_own_post(toot: Toot) -> None:
    status = toot.json("post", "Pinned by toot")
    assert toot.json("pin", status["id"])["pinned"] is True
    assert toot.json("unpin", status["id"])["pinned"] is False


@pytest.mark.parametrize("words", [("home",), ("public",), ("public", "--local"), ("tag", "morning")], ids=" ".join)
def test_timeline_shows_the_post(toot: Toot, post_of_bob: str, words: tuple[str, ...]) -> None:
    shown = toot.run("timelines", *words, "--no-pager", "--no-clear")
    assert "Bonjour from Bob" in shown


def test_old_timeline_command_and_account_timeline(toot: Toot, bob: Person, post_of_bob: str) -> None:
    assert post_of_bob
    assert "Bonjour from Bob" in toot.run("timeline", "--once")
    shown = toot.run("timelines", "account", bob.name, "--no-pager", "--no-clear")
    assert "Bonjour from Bob" in shown


def test_follow_and_unfollow(toot: Toot, alice: Person, carol: Person) -> None:
    assert "now following" in toot.run("follow", f"@{carol.name}")
    assert carol.name in toot.run("following")
    assert alice.name in toot.run("followers", carol.name)
    toot.run("unfollow", carol.name)
    assert carol.name not in toot.run("following")


def test_lists_are_kept_and_read(toot: Toot, bob: Person, post_of_bob: str) -> None:
    toot.run("follow", bob.name)
    toot.run("lists", "create", "Matelots", "--replies-policy", "none")
    assert "Matelots" in toot.run("lists", "list")
    toot.run("lists", "add", "Matelots", bob.name)
    assert bob.name in toot.run("lists", "accounts", "Matelots")
    shown = toot.run("timelines", "list", "Matelots", "--no-pager", "--no-clear")
    assert post_of_bob and "Bonjour from Bob" in shown
    toot.run("lists", "remove", "Matelots", bob.name)
    assert bob.name not in toot.run("lists", "accounts", "Matelots")
    toot.run("lists", "delete", "Matelots")
    assert "Matelots" not in toot.run("lists", "list")


def test_hashtag_is_followed(toot: Toot) -> None:
    toot.run("tags", "follow", "morning")
    assert "morning" in toot.run("tags", "followed")
    toot.run("tags", "unfollow", "morning")
    assert "morning" not in toot.run("tags", "followed")


@pytest.mark.parametrize(("act", "undo", "listing"), [("mute", "unmute", "muted"), ("block", "unblock", "blocked")])
def test_mute_and_block(toot: Toot, carol: Person, act: str, undo: str, listing: str) -> None:
    toot.run(act, carol.name)
    assert carol.name in toot.run(listing)
    toot.run(undo, carol.name)
    assert carol.name not in toot.run(listing)


def test_notifications_are_shown_and_cleared(toot: Toot, alice: Person, bob: Person) -> None:
    status = bob.post(f"@{alice.name} are you there?")
    alice.notified(**{"types[]": "mention"})
    assert "are you there?" in toot.run("notifications", "--type", "mention")
    assert status["id"] in [n["status"]["id"] for n in toot.json("notifications", "-t", "mention")]
    toot.run("notifications", "--clear")
    assert "no notifications" in toot.run("notifications")


def test_follow_request_is_accepted(toot: Toot, carol: Person) -> None:
    toot.run("update-account", "--locked")
    carol.follow(toot.person)
    assert carol.name in toot.run("follow-requests", "list")
    toot.run("follow-requests", "accept", carol.name)
    assert carol.name in toot.run("followers")
    toot.run("update-account", "--no-locked")


def test_profile_is_changed(toot: Toot) -> None:
    toot.run("update-account", "--display-name", "Alice au terminal", "--note", "Je poste.")
    shown = toot.run("whoami")
    assert "Alice au terminal" in shown
    assert "Je poste." in shown


def test_whois_and_instance_are_shown(toot: Toot, bob: Person) -> None:
    assert f"@{bob.name}" in toot.run("whois", bob.name)
    assert toot.json("instance")["version"]
    assert toot.run("instance")


def test_deleted_post_is_gone(toot: Toot) -> None:
    status = toot.json("post", "Soon gone")
    assert toot.json("delete", status["id"])["text"] == "Soon gone"
    assert "Soon gone" not in toot.run("timelines", "home", "--no-pager", "--no-clear")

"""Mastodon.py with what stands around posts: conversations, push, emoji, announcements."""

import base64
from pathlib import Path
from typing import Any

import httpx
import pytest
from mastodon.errors import MastodonNotFoundError  # pyright: ignore[reportMissingTypeStubs]

from tests.core.emojis.test_emojis import picture
from tests.journeys.people import Person, eventually
from tests.journeys.streams import listening


def test_a_conversation_is_heard_read_and_deleted(client: Any, alice: Person, bob: Person) -> None:
    with listening(alice.server, "direct", alice.token) as stream:
        said = bob.post(f"@{alice.name} between us", visibility="direct")
        heard = stream.expect("conversation")
    assert (heard["last_status"]["id"], heard["unread"]) == (said["id"], True)
    (found,) = client.conversations()
    assert (str(found.last_status.id), found.unread) == (said["id"], True)
    assert [str(account.id) for account in found.accounts] == [bob.id]
    read: Any = client.conversations_read(found.id)
    assert not read.unread
    assert [status["id"] for status in alice.get("/api/v1/timelines/direct")] == [said["id"]]
    assert alice.http.get("/api/v1/timelines/direct").headers["deprecation"].startswith("@")
    assert bob.http.post(f"/api/v1/conversations/{found.id}/read").status_code == 200
    assert alice.http.delete(f"/api/v1/conversations/{found.id}").json() == {}
    assert client.conversations() == []


def test_f4_nobody_reaches_the_conversations_of_others(alice: Person, bob: Person, carol: Person) -> None:
    bob.post(f"@{alice.name} a canary", visibility="direct")
    (found,) = eventually(lambda: alice.get("/api/v1/conversations"), bool)
    assert carol.http.post(f"/api/v1/conversations/{found['id']}/read").status_code == 404
    assert carol.http.delete(f"/api/v1/conversations/{found['id']}").status_code == 404
    assert carol.get("/api/v1/conversations") == carol.get("/api/v1/timelines/direct") == []
    alice.http.delete(f"/api/v1/conversations/{found['id']}").raise_for_status()


def test_a_phone_subscribes_changes_its_wishes_and_leaves(client: Any) -> None:
    _private, public = client.push_subscription_generate_keys()
    made = client.push_subscription_set(
        "https://push.example.com/abc", public, mention_events=True, follow_events=False, policy="followed"
    )
    assert (made.endpoint, made.alerts.mention, made.alerts.follow) == ("https://push.example.com/abc", True, False)
    assert client.push_subscription().policy == "followed"
    assert made.server_key == client.instance_v2().configuration.vapid.public_key
    assert client.push_subscription_update(favourite_events=True).alerts.favourite
    client.push_subscription_delete()
    with pytest.raises(MastodonNotFoundError):
        client.push_subscription()


def test_a_subscription_may_come_in_the_address_alone(alice: Person, client: Any) -> None:
    """IceCubes sends it so."""
    _private, public = client.push_subscription_generate_keys()
    key = base64.urlsafe_b64encode(public["pubkey"]).decode()
    auth = base64.urlsafe_b64encode(public["auth"]).decode()
    asked = {
        "subscription[endpoint]": "https://push.example.com/x",
        "subscription[keys][p256dh]": key,
        "subscription[keys][auth]": auth,
        "data[alerts][mention]": "true",
        "policy": "all",
    }
    answer = alice.http.post("/api/v1/push/subscription", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.json()["alerts"]["mention"] is True
    assert answer.json()["standard"] is False
    bad = alice.http.post("/api/v1/push/subscription", params=asked | {"subscription[keys][auth]": "AAAA"})
    assert bad.status_code == 422


def test_an_announcement_is_heard_answered_and_put_away(client: Any, alice: Person) -> None:
    with listening(alice.server, "user", alice.token) as stream:
        told = alice.server.administer("announce", "The nest moves on #Sunday").split()[-1]
        assert stream.expect("announcement")["id"] == told
        client.announcement_reaction_create(told, "🐦")
        assert stream.expect("announcement.reaction") == {"name": "🐦", "count": 1, "announcement_id": told}
        (found,) = client.announcements()
        assert (str(found.id), found.read, found.reactions[0].me) == (told, False, True)
        client.announcement_reaction_delete(told, "🐦")
        client.announcement_dismiss(told)
        assert client.announcements() == []
        alice.server.administer("withdraw", told)
        assert str(stream.expect("announcement.delete")) == told


def test_an_emoji_of_the_server_is_named_by_posts_and_people(client: Any, alice: Person, tmp_path: Path) -> None:
    file = tmp_path / "tit.png"
    file.write_bytes(picture())
    alice.server.administer("add-emoji", "journey_tit", str(file), "--category", "Birds")
    (found,) = eventually(client.custom_emojis, bool)
    assert (found.shortcode, found.category) == ("journey_tit", "Birds")
    status = client.status_post("A :journey_tit: in the hedge")
    assert [emoji.shortcode for emoji in status.emojis] == ["journey_tit"]
    assert httpx.get(status.emojis[0].url).headers["content-type"] == "image/webp"
    alice.server.administer("remove-emoji", "journey_tit")
    assert eventually(client.custom_emojis, lambda left: not left) == []

"""Mastodon.py does all that a client does, and every answer has the published shape."""

import threading
import uuid
from typing import Any

import pytest
from mastodon import StreamListener  # pyright: ignore[reportMissingTypeStubs]
from mastodon.errors import MastodonNotFoundError  # pyright: ignore[reportMissingTypeStubs]

from tests.journeys.mastodon_client import ids, logged_in
from tests.journeys.openapi import Contract
from tests.journeys.people import Person, eventually
from tests.journeys.streams import Listener
from tests.server import PATIENCE


@pytest.fixture(scope="module")
def friend(bob: Person, contract: Contract | None) -> Any:
    return logged_in(bob, contract)


@pytest.fixture(scope="module", autouse=True)
def _they_follow_each_other(client: Any, friend: Any, alice: Person, bob: Person) -> None:
    assert client.account_follow(bob.id).following
    assert friend.account_follow(alice.id, notify=True).notifying


def test_logged_in_client_knows_itself_and_its_server(client: Any, alice: Person) -> None:
    me = client.me()
    assert (me.username, me.acct, me.source.privacy) == (alice.name, alice.name, "public")
    assert client.app_verify_credentials().name == "Journey"
    assert client.instance_v1().version == client.instance_v2().version
    assert client.instance_v2().configuration.statuses.max_characters == 140
    assert client.preferences()["posting:default:visibility"] == "public"
    assert client.custom_emojis() == []
    assert client.stream_healthy()


def test_revoked_client_is_signed_out(bob: Person, contract: Contract | None) -> None:
    leaving = logged_in(bob, contract)
    token = leaving.access_token
    leaving.revoke_access_token(allow_http=True)
    answer = bob.http.get("/api/v1/accounts/verify_credentials", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_post_with_all_its_options(client: Any, bob: Person) -> None:
    status = client.status_post(
        f"Bonjour @{bob.name} #salut https://example.com/une/adresse",
        spoiler_text="Politesse",
        sensitive=True,
        visibility="unlisted",
        language="fr",
        idempotency_key=uuid.uuid4().hex,
    )
    assert (status.spoiler_text, status.sensitive, status.language) == ("Politesse", True, "fr")
    assert [mention.username for mention in status.mentions] == [bob.name]
    assert [tag.name for tag in status.tags] == ["salut"]
    assert client.status(status.id).id == status.id


def test_thread_of_replies(client: Any, friend: Any) -> None:
    question = client.status_post("Who is awake?")
    answer = friend.status_reply(question, "I am")
    thanks = client.status_reply(answer, "Good")
    context = client.status_context(answer.id)
    assert ids(context.ancestors) == [str(question.id)]
    assert ids(context.descendants) == [str(thanks.id)]
    assert client.status(question.id).replies_count == 1


def test_boost_favourite_bookmark_pin_and_mute(client: Any, friend: Any, alice: Person) -> None:
    status = friend.status_post("Please pass this on")
    assert client.status_reblog(status.id).reblog.id == status.id
    assert client.status_favourite(status.id).favourited
    assert client.status_bookmark(status.id).bookmarked
    seen = client.status(status.id)
    assert (seen.reblogs_count, seen.favourites_count, seen.reblogged) == (1, 1, True)
    assert ids(client.status_reblogged_by(status.id)) == [alice.id]
    assert ids(client.status_favourited_by(status.id)) == [alice.id]
    assert str(status.id) in ids(client.favourites())
    assert str(status.id) in ids(client.bookmarks())
    assert not client.status_unreblog(status.id).reblogged
    assert not client.status_unfavourite(status.id).favourited
    assert not client.status_unbookmark(status.id).bookmarked
    assert client.status_mute(status.id).muted
    assert not client.status_unmute(status.id).muted
    assert friend.status_pin(status.id).pinned
    assert ids(client.account_statuses(status.account.id, pinned=True)) == [str(status.id)]
    assert not friend.status_unpin(status.id).pinned


def test_edit_keeps_the_history(client: Any) -> None:
    status = client.status_post("Frist version")
    edited = client.status_update(status.id, "First version")
    assert edited.edited_at is not None
    assert "First version" in edited.content
    history = client.status_history(status.id)
    assert ["Frist" in version.content for version in history] == [True, False]
    assert client.status_source(status.id).text == "First version"


def test_deleted_post_returns_its_text_and_is_gone(client: Any) -> None:
    status = client.status_post("Delete and redraft")
    assert client.status_delete(status.id).text == "Delete and redraft"
    with pytest.raises(MastodonNotFoundError):
        client.status(status.id)


def test_timelines_show_the_post(client: Any, friend: Any) -> None:
    status = str(friend.status_post("Everywhere #Everywhere").id)
    assert status in ids(client.timeline_home())
    assert status in ids(client.timeline_local())
    assert status in ids(client.timeline_public())
    assert status in ids(client.timeline_hashtag("everywhere"))
    assert status in ids(client.account_statuses(friend.me().id))


def test_paging_walks_to_the_end_without_gap_or_double(client: Any) -> None:
    posted = [str(client.status_post(f"Page {n} #paged").id) for n in range(7)]
    first = client.timeline_hashtag("paged", limit=3)
    assert ids(client.fetch_remaining(first)) == posted[::-1]
    second = client.fetch_next(first)
    assert ids(client.fetch_previous(second)) == ids(first)


def test_follow_lists_and_relationships(client: Any, friend: Any, alice: Person, bob: Person) -> None:
    assert bob.id in ids(client.account_following(alice.id))
    assert alice.id in ids(client.account_followers(bob.id))
    (relationship,) = client.account_relationships(bob.id)
    assert relationship.following
    assert relationship.followed_by
    assert not client.account_unfollow(bob.id).following
    assert client.account_follow(bob.id, reblogs=False).showing_reblogs is False
    assert client.account_lookup(bob.name).id == friend.me().id


def test_mute_and_block(client: Any, carol: Person) -> None:
    assert client.account_mute(carol.id, notifications=False, duration=3600).muting
    assert carol.id in ids(client.mutes())
    assert not client.account_unmute(carol.id).muting
    assert client.account_block(carol.id).blocking
    assert carol.id in ids(client.blocks())
    assert carol.get(f"/api/v1/accounts/relationships?id[]={client.me().id}")[0]["blocked_by"]
    assert not client.account_unblock(carol.id).blocking


def test_locked_account_answers_follow_requests(client: Any, carol: Person, alice: Person) -> None:
    client.account_update_credentials(locked=True)
    carol.do(f"/api/v1/accounts/{alice.id}/unfollow")
    assert carol.follow(alice)["requested"]
    assert carol.id in ids(client.follow_requests())
    assert client.follow_request_authorize(carol.id).followed_by
    carol.do(f"/api/v1/accounts/{alice.id}/unfollow")
    carol.follow(alice)
    assert not client.follow_request_reject(carol.id).followed_by
    client.account_update_credentials(locked=False)


def test_profile_is_changed(client: Any) -> None:
    profile = client.account_update_credentials(
        display_name="Alice 🐦",
        note="Ornithologue",
        bot=True,
        discoverable=True,
        fields=[("Site", "https://example.com"), ("Ville", "Lyon")],
    )
    assert (profile.display_name, profile.bot) == ("Alice 🐦", True)
    assert profile.source.note == "Ornithologue"
    assert [field.name for field in profile.fields] == ["Site", "Ville"]
    client.account_update_credentials(bot=False)


def ids_of(notifications: Any) -> list[Any]:
    return [each.status.id for each in notifications]


def test_notifications_of_every_kind(client: Any, friend: Any, alice: Person, carol: Person) -> None:
    last = friend.status_post(f"@{alice.name} that was all so far")
    eventually(lambda: client.notifications(types=["mention"], limit=1), lambda found: ids_of(found) == [last.id])
    client.notifications_clear()
    status = client.status_post("Make it ring")
    friend.status_favourite(status.id)
    friend.status_reblog(status.id)
    friend.status_reply(status, "Ring")
    carol.follow(alice)
    told = eventually(client.notifications, lambda found: len(found) >= 4)
    kinds = {notification.type for notification in told}
    assert kinds == {"favourite", "reblog", "mention", "follow"}
    (mention,) = client.notifications(types=["mention"])
    assert client.notifications(id=mention.id).status.account.id == friend.me().id
    client.notifications_dismiss(mention.id)
    assert client.notifications(types=["mention"]) == []
    assert "follow" not in {n.type for n in client.notifications(exclude_types=["follow"])}
    client.notifications_clear()
    assert client.notifications() == []


def test_post_of_a_person_one_asked_to_hear_about_notifies(client: Any, friend: Any) -> None:
    status = client.status_post("You asked to be told")
    told = eventually(lambda: friend.notifications(types=["status"]), lambda found: status.id in ids_of(found))
    assert ids_of(told).count(status.id) == 1


def test_markers_remember_where_one_stopped(client: Any) -> None:
    status = client.status_post("Read until here")
    client.markers_set(["home"], [status.id])
    assert str(client.markers_get(["home"])["home"].last_read_id) == str(status.id)


class Ears(StreamListener):  # pyright: ignore[reportUntypedBaseClass]
    """Puts what Mastodon.py decodes into a listener."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = Listener()
        self.is_open = threading.Event()

    def handle_heartbeat(self) -> None:
        """The server greets with one: from now on nothing is missed."""
        self.is_open.set()

    def on_any_event(self, name: str, data: Any = None, for_stream: Any = None) -> None:
        self.heard.events.put((name, data))


@pytest.mark.parametrize("stream", ["user", "public", "hashtag"])
def test_stream_hears_the_post(client: Any, friend: Any, stream: str) -> None:
    ears = Ears()
    opened = {
        "user": lambda: client.stream_user(ears, run_async=True),
        "public": lambda: client.stream_public(ears, run_async=True, local=True),
        "hashtag": lambda: client.stream_hashtag("heard", ears, run_async=True),
    }[stream]()
    assert ears.is_open.wait(PATIENCE)
    status = friend.status_post("Heard live #heard")
    assert str(ears.heard.expect("update").id) == str(status.id)
    friend.status_delete(status.id)
    assert str(ears.heard.expect("delete")) == str(status.id)
    opened.closed = True  # `close()` would wait for the next heartbeat.

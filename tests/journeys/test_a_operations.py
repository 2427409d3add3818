"""Every operation without which most clients break, done once through a real client library; the count is printed."""

import base64
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.journeys.drawn import png
from tests.journeys.mastodon_client import SCOPES, logged_in, posted_media
from tests.journeys.openapi import Contract
from tests.journeys.people import Person, eventually
from tests.server import PATIENCE

OPERATIONS = """
POST /api/v1/apps | GET /oauth/authorize | POST /oauth/token | GET /.well-known/host-meta
GET /api/v1/instance | GET /api/v2/instance | GET /api/v1/custom_emojis
GET /api/v1/accounts/verify_credentials | PATCH /api/v1/accounts/update_credentials
GET /api/v1/accounts/ID | GET /api/v1/accounts/ID/statuses | GET /api/v1/accounts/ID/followers
GET /api/v1/accounts/ID/following | GET /api/v1/accounts/relationships | GET /api/v1/accounts/lookup
POST /api/v1/accounts/ID/follow | POST /api/v1/accounts/ID/unfollow | POST /api/v1/accounts/ID/block
POST /api/v1/accounts/ID/unblock | POST /api/v1/accounts/ID/mute | POST /api/v1/accounts/ID/unmute
GET /api/v1/follow_requests | POST /api/v1/follow_requests/ID/authorize | POST /api/v1/follow_requests/ID/reject
GET /api/v1/blocks | GET /api/v1/mutes | GET /api/v1/bookmarks | GET /api/v1/favourites | GET /api/v1/preferences
GET /api/v1/followed_tags | POST /api/v1/tags/NAME/follow | POST /api/v1/tags/NAME/unfollow
POST /api/v1/statuses | GET /api/v1/statuses/ID | PUT /api/v1/statuses/ID | DELETE /api/v1/statuses/ID
GET /api/v1/statuses/ID/context | POST /api/v1/statuses/ID/favourite | POST /api/v1/statuses/ID/unfavourite
POST /api/v1/statuses/ID/reblog | POST /api/v1/statuses/ID/unreblog | POST /api/v1/statuses/ID/bookmark
POST /api/v1/statuses/ID/unbookmark | GET /api/v1/statuses/ID/reblogged_by | GET /api/v1/statuses/ID/favourited_by
GET /api/v1/statuses/ID/history | POST /api/v2/media | GET /api/v1/media/ID | PUT /api/v1/media/ID
POST /api/v1/polls/ID/votes | GET /api/v1/polls/ID
GET /api/v1/timelines/home | GET /api/v1/timelines/public | GET /api/v1/timelines/tag/NAME
GET /api/v1/timelines/list/ID | GET /api/v1/lists | POST /api/v1/lists | PUT /api/v1/lists/ID | DELETE /api/v1/lists/ID
GET /api/v1/lists/ID | GET /api/v1/lists/ID/accounts | POST /api/v1/lists/ID/accounts
DELETE /api/v1/lists/ID/accounts | GET /api/v2/search | GET /api/v1/notifications
POST /api/v1/push/subscription | GET /api/v1/push/subscription | PUT /api/v1/push/subscription
DELETE /api/v1/push/subscription | POST /api/v1/reports | GET /api/v1/trends/statuses
"""
PATTERNS = {
    operation: re.compile(re.escape(operation).replace("ID", r"\d+").replace("NAME", "[^/]+"))
    for operation in OPERATIONS.replace("|", "\n").replace(" \n ", "\n").split("\n")
    if operation.strip()
}


class Answered:
    """The operations that were answered with success, as a hook of `requests` sees them."""

    def __init__(self) -> None:
        self.operations: set[str] = set()

    def note(self, answer: requests.Response, *_: Any, **__: Any) -> None:
        if answer.ok:
            asked = f"{answer.request.method} {urlsplit(str(answer.request.url)).path.rstrip('/')}"
            self.operations |= {name.strip() for name, pattern in PATTERNS.items() if pattern.fullmatch(asked)}


def test_every_a_operation_answers_a_real_client(
    alice: Person, bob: Person, contract: Contract | None, capsys: pytest.CaptureFixture[str]
) -> None:
    answered = Answered()
    client = logged_in(alice, contract, answered.note)
    friend = logged_in(bob, contract, answered.note)
    sign_in(client, answered)
    people(client, friend, alice, bob)
    posts(client, friend)
    places(client, bob)
    wanted = {name.strip() for name in PATTERNS}
    with capsys.disabled():
        print(f"\nA operations answered: {len(answered.operations)}/{len(wanted)}")
    assert answered.operations == wanted, sorted(wanted - answered.operations)


def sign_in(client: Any, answered: Answered) -> None:
    """Registering, consenting and trading the code happened in `logged_in`, partly by a browser."""
    plain = requests.Session()
    plain.hooks["response"].append(answered.note)  # pyright: ignore[reportUnknownMemberType]
    assert plain.get(f"{client.api_base_url}/.well-known/host-meta", timeout=PATIENCE).ok
    asked = client.auth_request_url(scopes=SCOPES, allow_http=True)
    assert plain.get(asked, timeout=PATIENCE).ok
    assert client.instance_v1().uri and client.instance_v2().domain
    assert client.custom_emojis() == []
    assert client.preferences()


def people(client: Any, friend: Any, alice: Person, bob: Person) -> None:
    assert client.account_verify_credentials().username == alice.name
    client.account_update_credentials(note="I call everything.")
    assert client.account(bob.id).username == bob.name
    assert str(client.account_lookup(bob.name).id) == bob.id
    client.account_follow(bob.id)
    friend.account_follow(alice.id)
    assert client.account_followers(alice.id) and client.account_following(alice.id)
    assert client.account_relationships(bob.id)
    client.account_mute(bob.id)
    assert client.mutes()
    client.account_unmute(bob.id)
    client.account_block(bob.id)
    assert client.blocks()
    client.account_unblock(bob.id)
    client.account_unfollow(bob.id)
    client.account_update_credentials(locked=True)
    for answer in (client.follow_request_authorize, client.follow_request_reject):
        friend.account_unfollow(alice.id)
        friend.account_follow(alice.id)
        assert client.follow_requests()
        answer(bob.id)
    client.account_update_credentials(locked=False)


def posts(client: Any, friend: Any) -> None:
    media = posted_media(client, png(), "image/png", description="A grey square.")
    client.media_update(media.id, description="A plain grey square.")
    post = client.status_post("Everything about #operations", media_ids=[media.id])
    client.status_update(post.id, "Everything about all #operations")
    assert client.status(post.id).edited_at and len(client.status_history(post.id)) == 2
    assert client.status_context(post.id)
    listing = {"favourite": "status_favourited_by", "reblog": "status_reblogged_by"}
    for done, undone in (("favourite", "unfavourite"), ("reblog", "unreblog"), ("bookmark", "unbookmark")):
        getattr(friend, f"status_{done}")(post.id)
        if done == "bookmark":
            assert friend.bookmarks()
        else:
            assert getattr(client, listing[done])(post.id), done
        getattr(friend, f"status_{undone}")(post.id)
    friend.status_favourite(post.id)
    assert friend.favourites()
    asked = client.status_post("Which?", poll=client.make_poll(["This", "That"], expires_in=3600))
    assert friend.poll_vote(asked.poll.id, [0]).voted
    assert client.poll(asked.poll.id).votes_count == 1
    assert client.account_statuses(client.me().id)
    client.status_delete(asked.id)


def places(client: Any, bob: Person) -> None:
    assert client.timeline_home() and client.timeline_public() and client.timeline_hashtag("operations")
    client.account_follow(bob.id)
    made = client.list_create("Work")
    client.list_update(made.id, title="Works")
    client.list_accounts_add(made.id, [bob.id])
    assert client.lists() and client.list(made.id) and client.list_accounts(made.id)
    client.timeline_list(made.id)
    client.list_accounts_delete(made.id, [bob.id])
    client.list_delete(made.id)
    client.tag_follow("operations")
    assert client.followed_tags()
    client.tag_unfollow("operations")
    assert client.search_v2("operations", result_type="hashtags")
    assert eventually(client.notifications, bool)
    push(client)
    assert client.report(bob.id, comment="Only to try.", forward=False)
    client.trending_statuses()


def push(client: Any) -> None:
    private, public = client.push_subscription_generate_keys()
    assert private["auth"] and base64.b64encode(public["pubkey"])
    client.push_subscription_set("https://push.example/1", public, mention_events=True)
    assert client.push_subscription().endpoint == "https://push.example/1"
    client.push_subscription_update(follow_events=True)
    client.push_subscription_delete()

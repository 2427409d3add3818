"""What clients rely on in every answer: shapes, headers, error bodies."""

import re
from datetime import datetime
from typing import Any

import httpx
import pytest

from tests.journeys.people import Json, Person, welcome
from tests.server import PrepareServer, RunningServer

STATUS = """
    id uri created_at account content visibility sensitive spoiler_text media_attachments mentions tags emojis
    reblogs_count favourites_count replies_count"""
ACCOUNT = """
    id username acct url display_name note avatar header created_at locked bot emojis fields uri indexable"""
INSTANCE_V1 = "uri title description version email urls stats languages registrations configuration rules"
INSTANCE_V2 = """
    domain title version description usage thumbnail languages configuration registrations api_versions contact rules"""
OFTEN_EMPTY = """
    url in_reply_to_id in_reply_to_account_id reblog poll card language edited_at application favourited reblogged
    muted bookmarked pinned filtered"""
NOTIFICATION = "id type created_at account group_key"


def assert_filled(entity: Json, names: str) -> None:
    empty = [name for name in names.split() if entity.get(name) is None]
    assert not empty, f"null or absent: {empty} in {entity}"


def test_status_and_account_have_no_null_where_clients_crash(alice: Person) -> None:
    status = alice.post("Filled #filled")
    assert_filled(status, STATUS)
    assert_filled(status["account"], ACCOUNT)
    assert_filled(alice.get("/api/v1/accounts/verify_credentials"), ACCOUNT + " source role")
    for picture in ("avatar", "avatar_static", "header", "header_static"):
        address = status["account"][picture]
        assert httpx.get(address).headers["content-type"].startswith("image/"), address


def test_every_documented_key_is_sent_even_when_empty(alice: Person) -> None:
    assert set(OFTEN_EMPTY.split()) <= set(alice.post("All keys"))


def test_instance_says_what_clients_ask(server: RunningServer) -> None:
    first = httpx.get(f"{server.origin}/api/v1/instance").json()
    second = httpx.get(f"{server.origin}/api/v2/instance").json()
    assert_filled(first, INSTANCE_V1)
    assert_filled(second, INSTANCE_V2)
    assert re.match(r"4\.\d+\.\d+ \(compatible; Mésange \d", second["version"])
    assert second["api_versions"]["mastodon"] < 2, "from 2 on, clients ask for grouped notifications"
    streaming = f"ws://127.0.0.1:{server.port}"
    assert first["urls"]["streaming_api"] == streaming
    assert second["configuration"]["urls"]["streaming"] == streaming
    assert isinstance(second["configuration"]["media_attachments"]["supported_mime_types"], list)
    assert second["configuration"]["statuses"]["characters_reserved_per_url"] == 23


def test_notification_has_no_null_where_clients_crash(alice: Person, bob: Person) -> None:
    bob.follow(alice)
    assert_filled(alice.notified()[0], NOTIFICATION)


def test_status_url_ends_with_the_id(alice: Person) -> None:
    status = alice.post("Where is it?")
    assert status["url"] == f"{alice.server.origin}/@{alice.name}/{status['id']}"
    assert httpx.get(status["url"]).status_code == 200
    assert status["account"]["url"] == f"{alice.server.origin}/@{alice.name}"


def test_times_are_in_the_form_of_the_api(alice: Person) -> None:
    status = alice.post("When?")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", status["created_at"])
    account = alice.get(f"/api/v1/accounts/{alice.id}")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00\.000Z", account["created_at"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", account["last_status_at"])


def test_content_is_the_html_clients_know(alice: Person, bob: Person) -> None:
    origin = alice.server.origin
    long_url = "https://example.com/a/very/long/address/that/is/cut"
    content = alice.post(f"Hi @{bob.name} #Tag {long_url}\nnext <b>&")["content"]
    assert f'<a href="{origin}/@{bob.name}" class="u-url mention"' in content
    assert f'href="{origin}/tags/tag" class="mention hashtag"' in content.lower()
    assert '<span class="ellipsis">' in content
    assert '<span class="invisible">' in content
    assert "<br" in content
    assert "&lt;b&gt;&amp;" in content


REFUSED: list[tuple[int, str, str, Any]] = [
    (401, "GET", "/api/v1/timelines/home", {"headers": {"Authorization": "Bearer wrong"}}),
    (404, "GET", "/api/v1/statuses/1", {}),
    (404, "GET", "/api/v1/accounts/1", {}),
    (404, "GET", "/api/v1/nothing", {}),
    (404, "GET", "/api/nothing/at/all", {}),
    (404, "GET", "/api/v1/accounts/lookup?acct=nobody_here", {}),
    (404, "POST", "/api/v1/statuses", {"json": {"status": "Re", "in_reply_to_id": "1"}}),
    (405, "DELETE", "/api/v1/timelines/home", {}),
    (422, "POST", "/api/v1/statuses", {"json": {"status": ""}}),
    (422, "POST", "/api/v1/statuses", {"json": {}}),
    (422, "POST", "/api/v1/statuses", {"json": {"status": "x" * 141}}),
    (422, "POST", "/api/v1/statuses", {"json": {"status": "x", "visibility": "secret"}}),
    (400, "POST", "/api/v1/statuses", {"content": b"{", "headers": {"Content-Type": "application/json"}}),
    (422, "POST", "/api/v1/apps", {"json": {"client_name": "", "redirect_uris": "x:y"}}),
    (422, "POST", "/api/v1/apps", {"json": {"client_name": "x", "redirect_uris": "nowhere"}}),
    (422, "POST", "/api/v1/apps", {"json": {"client_name": "x", "redirect_uris": "app:/x", "scopes": "everything"}}),
]  # fmt: skip


@pytest.mark.parametrize(("status", "verb", "path", "sent"), REFUSED)
def test_refusal_is_json_with_an_error(alice: Person, status: int, verb: str, path: str, sent: Any) -> None:
    answer = alice.http.request(verb, path, **sent)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/json")
    assert isinstance(answer.json()["error"], str)
    assert "Traceback" not in answer.text


def test_url_counts_23_and_a_cluster_is_one_sign(alice: Person) -> None:
    address = "https://example.com/" + "x" * 300
    assert alice.http.post("/api/v1/statuses", json={"status": f"{'y' * 116} {address}"}).is_success
    assert alice.http.post("/api/v1/statuses", json={"status": "👩‍👩‍👧‍👦" * 140}).is_success
    assert alice.http.post("/api/v1/statuses", json={"status": "👩‍👩‍👧‍👦" * 141}).status_code == 422


@pytest.mark.parametrize("path", ["/api/v1/instance", "/api/v1/timelines/public", "/api/v1/statuses/1"])
def test_rate_limit_headers_count_down(prepare_server: PrepareServer, path: str) -> None:
    server = prepare_server(MESANGE_RATE_LIMITS="on")
    server.start()
    person = welcome(server, "paced")
    first, second = (httpx.get(server.origin + path) for _ in range(2))
    for answer in (first, second, person.http.get(path)):
        assert int(answer.headers["x-ratelimit-limit"]) > 0
        reset = answer.headers["x-ratelimit-reset"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", reset)
        assert datetime.fromisoformat(reset)
    left = [int(answer.headers["x-ratelimit-remaining"]) for answer in (first, second)]
    assert left[0] - left[1] == 1


def test_who_asks_too_often_is_told_when_to_come_back(prepare_server: PrepareServer) -> None:
    server = prepare_server(MESANGE_RATE_LIMITS="on")
    server.start()
    client = {"client_name": "Again", "redirect_uris": "app:/x"}
    with httpx.Client(base_url=server.origin) as caller:
        *_, before, refused = (caller.post("/api/v1/apps", json=client) for _ in range(31))
        forged = caller.post("/api/v1/apps", json=client, headers={"X-Forwarded-For": "203.0.113.7"})
        reading = caller.get("/api/v1/instance")
    assert (before.status_code, reading.status_code, forged.status_code) == (200, 200, 429)
    assert (refused.status_code, set(refused.json())) == (429, {"error"})
    assert 0 < int(refused.headers["retry-after"]) <= 600


CROSS = [
    ("GET", "/api/v1/instance"),
    ("GET", "/.well-known/host-meta"),
    ("GET", "/.well-known/oauth-authorization-server"),
    ("POST", "/api/v1/apps"),
    ("POST", "/oauth/token"),
    ("POST", "/oauth/revoke"),
]


@pytest.mark.parametrize(("verb", "path"), CROSS, ids=[path for _, path in CROSS])
def test_browsers_of_other_sites_may_call(server: RunningServer, verb: str, path: str) -> None:
    url, origin = server.origin + path, {"Origin": "https://elk.example"}
    asked = {"Access-Control-Request-Method": verb}
    asked |= {"Access-Control-Request-Headers": "authorization,content-type,idempotency-key"}
    before = httpx.options(url, headers=origin | asked)
    assert before.is_success, before.text
    assert before.headers["access-control-allow-origin"] == "*"
    assert verb in before.headers["access-control-allow-methods"]
    assert "authorization" in before.headers["access-control-allow-headers"].lower()
    answer = httpx.request(verb, url, headers=origin)
    assert answer.headers["access-control-allow-origin"] == "*"
    if path.startswith("/api/"):
        assert "link" in answer.headers["access-control-expose-headers"].lower()


def test_host_meta_points_to_this_server(server: RunningServer) -> None:
    answer = httpx.get(f"{server.origin}/.well-known/host-meta")
    assert f'template="{server.origin}/.well-known/webfinger?resource={{uri}}"' in answer.text


def test_oauth_metadata_describes_this_server(server: RunningServer) -> None:
    said = httpx.get(f"{server.origin}/.well-known/oauth-authorization-server").json()
    assert said["issuer"].rstrip("/") == server.origin
    assert said["token_endpoint"] == f"{server.origin}/oauth/token"
    assert said["app_registration_endpoint"] == f"{server.origin}/api/v1/apps"
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert "password" not in said["grant_types_supported"]

"""Signing in with a client: codes, PKCE, custom schemes, refusals, revocation."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.journeys.people import Person
from tests.journeys.signing_in import (
    application_token,
    authorize_path,
    consent_out_of_band,
    register_client,
    token_for,
    trade_code,
)
from tests.journeys.streams import listening, socket_listening
from tests.journeys.visitor import Visitor
from tests.server import RunningServer

VERIFIER = "a" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
IVORY = "com.tapbots.Ivory.10217:/request_token"


def redirected_to(person: Person, path: str) -> str:
    """Consent, without following the redirect out of the server: where it leads."""
    visitor = Visitor(person.server.origin)
    visitor.sign_in(person, path)
    form = visitor.form("client_id")
    visitor.http.follow_redirects = False
    answer = visitor.submit(form)
    assert answer.is_redirect, answer.text
    return answer.headers["location"]


@pytest.mark.parametrize("address", [IVORY, "mastodon://callback", "http://localhost:9999/done?x=1"])
def test_redirect_carries_code_and_state(alice: Person, address: str) -> None:
    client = register_client(alice.server.origin, redirect_uris=[address, "urn:ietf:wg:oauth:2.0:oob"])
    assert client["redirect_uris"][0] == address
    path = authorize_path(client, redirect_uri=address, state="a b&c")
    location = redirected_to(alice, path)
    assert location.startswith(address)
    answer = parse_qs(urlsplit(location).query)
    assert answer["state"] == ["a b&c"]
    token = trade_code(alice.server.origin, client, answer["code"][0], redirect_uri=address)
    assert token.status_code == 200
    assert token.json()["token_type"] == "Bearer"
    assert isinstance(token.json()["created_at"], int)


def test_unregistered_redirect_is_refused_on_the_page(alice: Person) -> None:
    client = register_client(alice.server.origin)
    visitor = Visitor(alice.server.origin)
    visitor.sign_in(alice)
    for address in ("https://evil.example/", "urn:ietf:wg:oauth:2.0:oob/"):
        answer = visitor.open(authorize_path(client, redirect_uri=address))
        assert answer.status_code in (400, 401, 422)
        assert str(answer.url).startswith(alice.server.origin)


def test_code_works_once(alice: Person) -> None:
    client = register_client(alice.server.origin)
    code = consent_out_of_band(alice, authorize_path(client))
    assert trade_code(alice.server.origin, client, code).status_code == 200
    again = trade_code(alice.server.origin, client, code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_code_is_bound_to_its_verifier(alice: Person) -> None:
    origin, client = alice.server.origin, register_client(alice.server.origin)
    path = authorize_path(client, code_challenge=CHALLENGE, code_challenge_method="S256")
    wrong = trade_code(origin, client, consent_out_of_band(alice, path), code_verifier="b" * 50)
    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_grant")
    none = trade_code(origin, client, consent_out_of_band(alice, path))
    assert none.status_code == 400
    right = trade_code(origin, client, consent_out_of_band(alice, path), code_verifier=VERIFIER)
    assert right.status_code == 200


def test_e12_plain_challenge_is_refused(alice: Person) -> None:
    client = register_client(alice.server.origin)
    visitor = Visitor(alice.server.origin)
    visitor.sign_in(alice)
    path = authorize_path(client, code_challenge=VERIFIER, code_challenge_method="plain")
    visitor.http.follow_redirects = False
    answer = visitor.open(path)
    assert answer.status_code in (302, 303, 400, 422)
    assert "code=" not in answer.headers.get("location", "")


def test_client_may_authenticate_by_basic_header(alice: Person) -> None:
    origin, client = alice.server.origin, register_client(alice.server.origin)
    code = consent_out_of_band(alice, authorize_path(client))
    answer = httpx.post(
        f"{origin}/oauth/token",
        json={"grant_type": "authorization_code", "code": code, "redirect_uri": "urn:ietf:wg:oauth:2.0:oob"},
        auth=(client["client_id"], client["client_secret"]),
    )  # fmt: skip
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"grant_type": "password", "username": "x", "password": "y"}, 400, "unsupported_grant_type"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"scope": "admin:write"}, 400, "invalid_scope"),
    ],
)  # fmt: skip
def test_token_endpoint_says_why_not(server: RunningServer, changed: dict[str, str], status: int, error: str) -> None:
    client = register_client(server.origin)
    fields = {"grant_type": "client_credentials", "scope": "read"}
    fields |= {"client_id": client["client_id"], "client_secret": client["client_secret"]}
    answer = httpx.post(f"{server.origin}/oauth/token", data=fields | changed)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["error_description"]


def test_scope_beyond_the_registered_ones_is_refused(alice: Person) -> None:
    client = register_client(alice.server.origin, scopes="read:statuses")
    visitor = Visitor(alice.server.origin)
    visitor.sign_in(alice)
    visitor.http.follow_redirects = False
    answer = visitor.open(authorize_path(client, scope="write"))
    assert answer.status_code in (302, 303, 400, 422)
    assert "code=" not in answer.headers.get("location", "")


def test_revoking_is_idempotent_and_only_for_the_owner(alice: Person) -> None:
    origin, client = alice.server.origin, register_client(alice.server.origin)
    stranger = register_client(origin)
    token = token_for(alice, client)

    def revoke(by: dict[str, str]) -> httpx.Response:
        keys = {"client_id": by["client_id"], "client_secret": by["client_secret"]}
        return httpx.post(f"{origin}/oauth/revoke", data=keys | {"token": token})

    refused = revoke(stranger)
    assert (refused.status_code, refused.json()["error"]) == (403, "unauthorized_client")
    assert [(a.status_code, a.json()) for a in (revoke(client), revoke(client))] == [(200, {})] * 2
    answer = httpx.get(f"{origin}/api/v1/timelines/home", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_e4_revoking_closes_the_open_streams(alice: Person) -> None:
    origin, client = alice.server.origin, register_client(alice.server.origin)
    token = token_for(alice, client)
    keys = {"client_id": client["client_id"], "client_secret": client["client_secret"]}
    query = f"?stream=user&access_token={token}"
    with listening(alice.server, "user", token) as sse, socket_listening(alice.server, query) as (_, ws):
        assert not sse.closed.wait(0.3)
        httpx.post(f"{origin}/oauth/revoke", data=keys | {"token": token})
        assert sse.closed.wait(5)
        assert ws.closed.wait(5)


def test_e7_client_token_knows_its_application_but_no_person(server: RunningServer) -> None:
    token = application_token(server.origin, register_client(server.origin))
    bearer = {"Authorization": f"Bearer {token}"}
    answer = httpx.get(f"{server.origin}/api/v1/apps/verify_credentials", headers=bearer)
    assert (answer.status_code, answer.json()["name"]) == (200, "Journey")
    for path in ("accounts/verify_credentials", "timelines/home", "notifications"):
        assert httpx.get(f"{server.origin}/api/v1/{path}", headers=bearer).status_code in (403, 422)
    said = httpx.post(f"{server.origin}/api/v1/statuses", headers=bearer, json={"status": "Who?"})
    assert said.status_code in (403, 422)


def test_person_refuses_and_client_is_told(alice: Person) -> None:
    client = register_client(alice.server.origin, redirect_uris=IVORY)
    visitor = Visitor(alice.server.origin)
    visitor.sign_in(alice, authorize_path(client, redirect_uri=IVORY, state="s"))
    refusing = visitor.soup.find("button", attrs={"value": ["deny", "refuse", "no"]})
    assert refusing is not None, visitor.text
    form = visitor.form("client_id")
    visitor.http.follow_redirects = False
    answer = visitor.submit(form, **{str(refusing["name"]): str(refusing["value"])})
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert (query["error"], query["state"]) == (["access_denied"], ["s"])

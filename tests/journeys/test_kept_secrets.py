"""Secrets are shown once to whom they belong, and never leave again by any answer."""

import re
from typing import Any

import pytest

from mesange.edges.mastodon import routes
from tests.journeys.people import Person, welcome
from tests.journeys.signing_in import register_client
from tests.journeys.streams import listening
from tests.journeys.visitor import Visitor
from tests.server import PrepareServer

SECRET_FIELD = re.compile(r'"[a-z_]*(?:password|secret|token|private_key|hash)":')
ALLOWED = {'"blurhash":'}


def test_e11_e13_no_answer_holds_a_secret(prepare_server: PrepareServer) -> None:
    """Every reading route of the API and every page, as an owner who may see most."""
    server = prepare_server()
    server.start()
    owner_password = server.create_account("chief", "--role", "owner")
    chief = Person("chief", owner_password, server.create_token("chief", "read write follow push admin:read"), server)
    other = welcome(server, "other")
    client = register_client(server.origin)
    other.post("Something to read")
    secrets = {other.token, other.password, owner_password, chief.token, client["client_secret"]}
    seen = 0
    for path in sorted({route.path for route in routes.ROUTES if route.method == "GET"}):
        asked = path.replace(":acct", "other")
        asked = re.sub(r":(id|account_id)", other.id, asked)
        asked = re.sub(r":\w+", "x", asked)
        if "streaming" in asked:
            continue
        answer = chief.http.get(asked)
        seen += 1
        assert answer.status_code < 500, asked
        assert not any(secret in answer.text for secret in secrets), asked
        told = set(SECRET_FIELD.findall(answer.text)) - ALLOWED
        assert not told, (asked, told)
    visitor = Visitor(server.origin)
    visitor.sign_in(chief)
    for page in ("/settings/sessions", "/settings/accounts", "/settings/security", "/admin", "/admin/accounts"):
        text = visitor.open(page).text
        seen += 1
        assert not any(secret in text for secret in secrets), page
        assert "argon2" not in text, page
    assert seen > 40


@pytest.mark.slow
def test_f12_a_change_of_a_private_post_is_told_to_its_readers_alone(alice: Person, bob: Person) -> None:
    post = alice.post(f"@{bob.name} between us", visibility="direct")
    public = alice.post("for everyone")
    with listening(alice.server, "public", bob.token) as everyone:
        for each in (post, public):
            text = f"@{bob.name} canary {each['visibility']}"
            assert alice.http.put(f"/api/v1/statuses/{each['id']}", json={"status": text}).is_success
        told = str(everyone.before(bob.post("And that is all")))
    assert "canary public" in told
    assert "canary direct" not in told
    history: Any = bob.get(f"/api/v1/statuses/{post['id']}/history")
    assert "canary direct" in history[-1]["content"]

"""The API of moderation: reports, hidden servers, the rules and texts of this place."""

import httpx
import pytest

from mesange.core.accounts.actions.clients import Registration, create_token, register_client
from mesange.core.accounts.model import Account, User, UserRole, Viewer
from mesange.core.moderation.actions.decisions import decide
from mesange.core.moderation.actions.domains import block_domain
from mesange.core.moderation.actions.site import write_rule, write_site_text
from mesange.core.moderation.model import Decision, DomainBlock, Severity
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.kit.server import Server
from mesange.main import build_app
from tests.edges.reader import ORIGIN, create, digest

STAFF = Viewer(role=UserRole.OWNER)


async def client_of(
    server: Server, user: User, account: Account, scopes: str = "read write follow"
) -> httpx.AsyncClient:
    client, _ = await register_client(server, Registration("a client", ["urn:ietf:wg:oauth:2.0:oob"], scopes))
    token = await create_token(server, client, user, account, scopes)
    transport = httpx.ASGITransport(build_app(server), client=("127.0.0.1", 1))
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
async def ada(server: Server) -> httpx.AsyncClient:
    user, account, _ = await create(server, "ada")
    return await client_of(server, user, account)


async def test_a_report_is_answered_as_the_api_says(server: Server, ada: httpx.AsyncClient) -> None:
    _, bob, viewer = await create(server, "bob")
    status = await publish_status(server, viewer, Draft("LOUD"))
    rule = await write_rule(server, STAFF, 0, ("Be quiet", "Du calme", "", ""))
    given = {
        "account_id": str(bob.id),
        "status_ids": [str(status.id)],
        "rule_ids": [str(rule.id)],
        "comment": "Too loud",
        "forward": True,
    }
    answer = await ada.post("/api/v1/reports", json=given)
    assert answer.status_code == 200
    filed = answer.json()
    assert filed["category"] == "violation" and filed["comment"] == "Too loud"
    assert filed["status_ids"] == [str(status.id)] and filed["rule_ids"] == [str(rule.id)]
    assert filed["target_account"]["acct"] == "bob" and not filed["forwarded"] and not filed["action_taken"]
    form = {"account_id": str(bob.id), "status_ids[]": str(status.id), "category": "spam"}
    assert (await ada.post("/api/v1/reports", data=form)).json()["category"] == "spam"


async def test_staff_read_of_a_report_among_their_notifications(server: Server, ada: httpx.AsyncClient) -> None:
    user, account, _ = await create(server, "mo")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET role = 'moderator' WHERE id = ?", user.id)
    mo = await client_of(server, user, account)
    _, bob, _ = await create(server, "bob")
    filed = (await ada.post("/api/v1/reports", json={"account_id": str(bob.id), "comment": "Too loud"})).json()
    await digest(server)
    (told,) = (await mo.get("/api/v1/notifications", params={"types[]": "admin.report"})).json()
    assert (told["type"], told["account"]["acct"], told["report"]) == ("admin.report", "ada", filed)
    assert (await ada.get("/api/v1/notifications")).json() == []


@pytest.mark.parametrize("scopes", ["read", "write:statuses", "follow"])
async def test_a_report_needs_its_scope(server: Server, scopes: str) -> None:
    user, account, _ = await create(server, "ada")
    client = await client_of(server, user, account, scopes)
    assert (await client.post("/api/v1/reports", json={"account_id": "1"})).status_code == 403


async def test_f7_an_invisible_post_is_a_404_that_says_nothing(server: Server, ada: httpx.AsyncClient) -> None:
    _, bob, viewer = await create(server, "bob")
    hidden = await publish_status(server, viewer, Draft("secretword", visibility="private"))
    missing = {"account_id": str(bob.id), "status_ids": ["123"]}
    invisible = {"account_id": str(bob.id), "status_ids": [str(hidden.id)]}
    answers = [await ada.post("/api/v1/reports", json=given) for given in (missing, invisible)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


async def test_servers_are_hidden_and_shown_again(ada: httpx.AsyncClient) -> None:
    for name in ("Loud.Example", "xn--bcher-kva.example", "bücher.example", "two.example"):
        assert (await ada.post("/api/v1/domain_blocks", json={"domain": name})).json() == {}
    assert (await ada.get("/api/v1/domain_blocks")).json() == [
        "two.example", "xn--bcher-kva.example", "loud.example",
    ]  # fmt: skip
    page = await ada.get("/api/v1/domain_blocks?limit=1")
    assert page.json() == ["two.example"] and 'rel="next"' in page.headers["link"]
    await ada.delete("/api/v1/domain_blocks?domain=two.example")
    await ada.request("DELETE", "/api/v1/domain_blocks", json={"domain": "LOUD.example."})
    assert (await ada.get("/api/v1/domain_blocks")).json() == ["xn--bcher-kva.example"]


@pytest.mark.parametrize(
    "name", ["", "a b", "exa/mple.org", "..", "-x.example", "a" * 64 + ".org", "user@x.org", "x:y"]
)
async def test_what_is_no_server_cannot_be_hidden(ada: httpx.AsyncClient, name: str) -> None:
    assert (await ada.post("/api/v1/domain_blocks", json={"domain": name})).status_code == 422


async def test_this_place_tells_its_rules_and_texts(server: Server, ada: httpx.AsyncClient) -> None:
    rule = await write_rule(server, STAFF, 0, ("Be kind", "Soyez gentils", "To all", "Avec tous"))
    await write_site_text(server, STAFF, "about", "fr", "## Ici\n\nUn lieu <calme>")
    found = (await ada.get("/api/v1/instance/rules")).json()
    assert found == [
        {
            "id": str(rule.id),
            "text": "Soyez gentils",
            "hint": "Avec tous",
            "translations": {"en": {"text": "Be kind", "hint": "To all"}},
        }
    ]
    assert (await ada.get("/api/v2/instance")).json()["rules"] == found
    about = (await ada.get("/api/v1/instance/extended_description")).json()
    assert about["content"] == "<h2>Ici</h2>\n<p>Un lieu &lt;calme&gt;</p>"
    for path in ("privacy_policy", "terms_of_service"):
        assert "<p>" in (await ada.get(f"/api/v1/instance/{path}")).json()["content"]


async def test_blocked_servers_are_told_and_the_obfuscated_only_hinted_at(
    server: Server, ada: httpx.AsyncClient
) -> None:
    for domain, severity, hidden in (("bad.example", "suspend", False), ("worse.example", "silence", True)):
        block = DomainBlock(domain, Severity(severity), True, True, "Loud", "for us", hidden, 0)
        await block_domain(server, STAFF, block)
    found = (await ada.get("/api/v1/instance/domain_blocks")).json()
    assert [each["domain"] for each in found] == ["bad.example", "wor**.****ple"]
    assert "for us" not in str(found) and len(found[0]["digest"]) == 64


async def test_e5_a_suspension_ends_the_token_at_once(server: Server) -> None:
    user, bob, _ = await create(server, "bob")
    client = await client_of(server, user, bob)
    assert (await client.get("/api/v1/timelines/home")).status_code == 200
    await decide(server, STAFF, Decision(bob.id, "suspend", text="Loud."))
    assert (await client.get("/api/v1/timelines/home")).status_code == 401
    assert (await client.get(f"/api/v1/accounts/{bob.id}")).status_code == 401


async def test_the_frozen_read_and_write_nothing(server: Server) -> None:
    user, bob, _ = await create(server, "bob")
    client = await client_of(server, user, bob)
    await decide(server, STAFF, Decision(bob.id, "freeze", text="Loud."))
    assert (await client.get("/api/v1/timelines/home")).status_code == 200
    for path in ("/api/v1/statuses", f"/api/v1/accounts/{bob.id}/follow", "/api/v1/markers"):
        assert (await client.post(path, json={"status": "x"})).status_code == 403
    assert (await client.patch("/api/v1/accounts/update_credentials", json={"note": "x"})).status_code == 403
